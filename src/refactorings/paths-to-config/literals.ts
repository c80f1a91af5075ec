import type { Expression, Str, StrText, StrToken } from '../../syntax/ast';
import type { FactUnit } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { Finding } from '../../rules/rule';
import type { TextEdit } from '../../text/edit';
import type { Refusal } from '../../text/refusal';
import type { AnalysedProgram } from '../outcome';
import { refusalAt } from '../places';

/** What a configuration value is, which says how it is named and how it is read. */
export type SettingKind = 'path' | 'url' | 'device';

/** A literal, or the beginning of an f-string, that becomes a configuration value. */
export interface ConfigLiteral {
  readonly program: AnalysedProgram;
  readonly finding: Finding;
  readonly unit: FactUnit;
  readonly kind: SettingKind;
  /** The literal; for a device also the call `x.cuda()`. */
  readonly node: Expression;
  /** The value that moves. */
  readonly value: string;
  /** Only the beginning of an f-string moves. */
  readonly isPrefix: boolean;
  /** The edit, in the cell's source, for an expression that reads the value; it is given with `"` quotes. */
  edit(reader: (quote: string) => string): TextEdit;
}

/** Numba, `torch.jit` and their kin compile a function and cannot read a dict of the module, or freeze it. */
const FREEZING = ['numba.', 'torch.jit.', 'jax.jit', 'taichi.', 'cython.'];

/** The literal that a finding of `hard-coded-path` or `hard-coded-url` is about, or why it stays where it is. */
export function literalOf(
  program: AnalysedProgram,
  finding: Finding,
  kind: 'path' | 'url',
): ConfigLiteral | Refusal {
  const { unit, node } = finding;
  if (!unit || !node || !('kind' in node) || node.kind !== 'Str')
    throw new Error('a finding without its literal');
  const literal = node as Str;
  const refuse = (reason: string): Refusal => refusalAt(program.path, unit, literal, reason);
  const obstacle = obstacleAt(program, unit, literal);
  if (obstacle !== undefined) return refuse(obstacle);
  const common = { program, finding, unit, kind, node: literal };
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
  const prefix = kind === 'path' ? folderPrefix(unit, literal) : addressPrefix(unit, literal);
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

/** Why no literal or call here can be replaced by a look-up in the configuration. */
export function obstacleAt(program: AnalysedProgram, unit: FactUnit, node: Expression): string | undefined {
  const frozen = freezingDecorator(program, unit, node);
  if (frozen) return `the function is compiled by ${frozen}, which cannot read the configuration`;
  if (unit.unit.comments.some((comment) => comment.start >= node.start && comment.end <= node.end)) {
    return 'a comment stands within the literal and would be lost';
  }
  return undefined;
}

interface Prefix {
  readonly token: StrToken;
  readonly piece: StrText;
  readonly value: string;
}

/** The first stretch of an f-string as it is written, or why it cannot be taken out. */
function firstStretch(unit: FactUnit, literal: Str, what: string): Prefix | string {
  const token = literal.tokens.find((candidate) => candidate.pieces.length > 0);
  const piece = token?.pieces[0];
  if (!token || piece?.kind !== 'text') return `the ${what} begins with a value that is not known`;
  if (!token.prefix.includes('f')) return `the ${what} is made of several literals`;
  const written = unit.unit.text.slice(piece.start, piece.end);
  if (piece.value === undefined || written !== piece.value) return `the beginning of the ${what} has escapes`;
  return { token, piece, value: written };
}

/** The first stretch of an f-string up to the last part of the address that is whole. */
function addressPrefix(unit: FactUnit, literal: Str): Prefix | string {
  const first = firstStretch(unit, literal, 'address');
  if (typeof first === 'string') return first;
  const hostAt = first.value.indexOf('://') + 3;
  const rest = first.value.slice(hostAt);
  const cut = rest.lastIndexOf('/') >= 0 ? rest.lastIndexOf('/') : rest.search(/[?#:,]/);
  if (hostAt < 3 || cut < 0) return 'the host of the address is made at run time';
  return { ...first, value: first.value.slice(0, hostAt + cut) };
}

/** The first stretch of an f-string up to its last separator, or why it cannot be taken out. */
function folderPrefix(unit: FactUnit, literal: Str): Prefix | string {
  const first = firstStretch(unit, literal, 'path');
  if (typeof first === 'string') return first;
  const { value: written } = first;
  const separator = Math.max(written.lastIndexOf('/'), written.lastIndexOf('\\'));
  if (separator < 0) return 'only the name of the file is in the code, and it is made at run time';
  if (separator === 0) return 'the path is the root folder and a name that is made at run time';
  return { ...first, value: written.slice(0, separator) };
}

/** The quote characters of the f-strings around a literal: before Python 3.12 none of them may occur within. */
export function enclosingQuotes(unit: FactUnit, literal: Expression): string[] {
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

function freezingDecorator(
  program: AnalysedProgram,
  unit: FactUnit,
  literal: Expression,
): string | undefined {
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
