import type { Str, StrText, StrToken } from '../../syntax/ast';
import type { FactUnit } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { Finding } from '../../rules/rule';
import type { TextEdit } from '../../text/edit';
import type { Refusal } from '../../text/refusal';
import type { AnalysedProgram } from '../outcome';
import { refusalAt } from '../places';

/** A literal, or the folder part of an f-string, that becomes a configuration value. */
export interface PathLiteral {
  readonly program: AnalysedProgram;
  readonly finding: Finding;
  readonly unit: FactUnit;
  readonly node: Str;
  /** The value that moves. */
  readonly value: string;
  /** Only the beginning of an f-string moves. */
  readonly isPrefix: boolean;
  /** The edit, in the cell's source, for an expression that reads the value; it is given with `"` quotes. */
  edit(reader: (quote: string) => string): TextEdit;
}

/** Numba, `torch.jit` and their kin compile a function and cannot read a dict of the module, or freeze it. */
const FREEZING = ['numba.', 'torch.jit.', 'jax.jit', 'taichi.', 'cython.'];

/** The literal that a finding of `hard-coded-path` is about, or why it stays where it is. */
export function pathLiteralOf(program: AnalysedProgram, finding: Finding): PathLiteral | Refusal {
  const { unit, node } = finding;
  if (!unit || !node || !('kind' in node) || node.kind !== 'Str')
    throw new Error('a finding without its literal');
  const literal = node as Str;
  const refuse = (reason: string): Refusal => refusalAt(program.path, unit, literal, reason);
  const frozen = freezingDecorator(program, unit, literal);
  if (frozen) return refuse(`the function is compiled by ${frozen}, which cannot read the configuration`);
  if (unit.unit.comments.some((comment) => comment.start >= literal.start && comment.end <= literal.end)) {
    return refuse('a comment stands within the literal and would be lost');
  }
  const common = { program, finding, unit, node: literal };
  const quotes = enclosingQuotes(unit, literal);
  if (isShownAsText(unit, literal))
    return refuse('an f-string with "=" prints the expression as it is written');
  if (literal.value !== undefined) {
    const own = literal.tokens[0]?.quote.charAt(0) ?? '"';
    const quote = quotes.length === 0 ? '"' : own;
    const text = unit.unit.text;
    // `return"x"` needs no blank, `returnconfig` is another word.
    const needsBlank = /[\p{L}\p{N}_]/u.test(text.charAt(literal.start - 1));
    return {
      ...common,
      value: literal.value,
      isPrefix: false,
      edit: (reader) => ({
        span: { start: unit.start + literal.start, end: unit.start + literal.end },
        newText: (needsBlank ? ' ' : '') + reader(quote),
      }),
    };
  }
  const prefix = folderPrefix(unit, literal);
  if (typeof prefix === 'string') return refuse(prefix);
  const quote = ['"', "'"].find(
    (candidate) => ![...quotes, prefix.token.quote.charAt(0)].includes(candidate),
  );
  if (quote === undefined) return refuse('the f-string leaves no quotes free for the name of the setting');
  return {
    ...common,
    value: prefix.value,
    isPrefix: true,
    edit: (reader) => ({
      span: {
        start: unit.start + prefix.piece.start,
        end: unit.start + prefix.piece.start + prefix.value.length,
      },
      newText: `{${reader(quote)}}`,
    }),
  };
}

/** The first stretch of an f-string up to its last separator, or why it cannot be taken out. */
function folderPrefix(
  unit: FactUnit,
  literal: Str,
): { readonly token: StrToken; readonly piece: StrText; readonly value: string } | string {
  const token = literal.tokens.find((candidate) => candidate.pieces.length > 0);
  const piece = token?.pieces[0];
  if (!token || piece?.kind !== 'text') return 'the path begins with a value that is not known';
  if (!token.prefix.includes('f')) return 'the path is made of several literals';
  const written = unit.unit.text.slice(piece.start, piece.end);
  if (piece.value === undefined || written !== piece.value) return 'the beginning of the path has escapes';
  const separator = Math.max(written.lastIndexOf('/'), written.lastIndexOf('\\'));
  if (separator < 0) return 'only the name of the file is in the code, and it is made at run time';
  if (separator === 0) return 'the path is the root folder and a name that is made at run time';
  return { token, piece, value: written.slice(0, separator) };
}

/** The quote characters of the f-strings around a literal: before Python 3.12 none of them may occur within. */
function enclosingQuotes(unit: FactUnit, literal: Str): string[] {
  const quotes: string[] = [];
  const parents = parentsOf(unit.unit);
  for (let node = parents.get(literal); node; node = parents.get(node)) {
    if (node.kind === 'Str') quotes.push(...node.tokens.map((token) => token.quote.charAt(0)));
  }
  return quotes;
}

/** Within the expression of `f"{x=}"`, whose own text is part of the value. */
function isShownAsText(unit: FactUnit, literal: Str): boolean {
  const parents = parentsOf(unit.unit);
  for (let node = parents.get(literal); node; node = parents.get(node)) {
    if (node.kind !== 'Str') continue;
    const pieces = node.tokens.flatMap((token) => token.pieces);
    const isDebug = pieces.some(
      (piece) =>
        piece.kind === 'hole' && piece.isDebug && piece.start <= literal.start && literal.end <= piece.end,
    );
    if (isDebug) return true;
  }
  return false;
}

function freezingDecorator(program: AnalysedProgram, unit: FactUnit, literal: Str): string | undefined {
  const { evaluator } = program.context;
  for (let scope = unit.summary.locate.get(literal)?.scope; scope; scope = scope.parent) {
    if (scope.node?.kind !== 'FunctionDef') continue;
    for (const decorator of scope.node.decorators) {
      const target = decorator.kind === 'Call' ? decorator.func : decorator;
      const name = evaluator.qualifiedName(target, unit);
      if (name !== undefined && FREEZING.some((prefix) => name.startsWith(prefix))) return name;
    }
  }
  return undefined;
}
