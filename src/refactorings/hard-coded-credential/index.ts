import {
  type Credential,
  credentialsOf,
  variableOfDefault,
} from '../../rules/configuration/hardCodedCredential';
import type { Finding } from '../../rules/rule';
import type { CodeCell, ProgramFacts } from '../../semantics/facts';
import { type SyntaxParent, parentsOf } from '../../semantics/parents';
import type { Scope } from '../../semantics/scope';
import type { TextEdit } from '../../text/edit';
import { changedCells } from '../cellChange';
import { importedName } from '../importedName';
import { type LeadingImports, insertImports, leadingImports } from '../leadingImports';
import type { AnalysedProgram, Outcome } from '../outcome';
import { refusalAt } from '../places';

/** Why the secret of a finding cannot be read from the environment; undefined: it can. Cheap. */
export function whyNotFromEnvironment(program: AnalysedProgram, finding: Finding): string | undefined {
  const plan = planOf(program, finding);
  return typeof plan === 'string' ? plan : undefined;
}

/** The findings that one fix mends: every place of the same secret. */
export function sameSecret(program: AnalysedProgram, finding: Finding): readonly Finding[] {
  const own = valueAt(program, finding);
  return program.findings.filter(
    (other) => other.rule === finding.rule && (other === finding || valueAt(program, other) === own),
  );
}

/** Reads the secret that a finding is about from the environment, at all its places. */
export function readFromEnvironment(program: AnalysedProgram, finding: Finding): Outcome {
  const plan = planOf(program, finding);
  if (typeof plan !== 'string') return changedCells(program.path, plan);
  const refusals = [refusalAt(program.path, finding.unit!, finding.node!, plan)];
  return { status: 'refused', notes: [], refusals };
}

type Plan = ReadonlyMap<CodeCell, readonly TextEdit[]>;

function planOf(program: AnalysedProgram, finding: Finding): Plan | string {
  const credentials = [...credentialsOf(program.context)];
  const own = credentials.find((one) => isAt(one, finding));
  if (!own) return 'the secret is not there any more';
  const reason = whyNotReplaced(own);
  if (reason !== undefined) return reason;
  const same = credentials.filter((one) => valueOf(one) === valueOf(own) && !whyNotReplaced(one));
  const shown = new Set(program.findings.map(({ node }) => node));
  const edits = new Map<CodeCell, TextEdit[]>();
  const add = (cell: CodeCell, ...list: TextEdit[]): void => {
    edits.set(cell, [...(edits.get(cell) ?? []), ...list]);
  };
  let leading: LeadingImports | undefined;
  for (const credential of same) {
    // A place that is suppressed stays as it is.
    if (credential !== own && !shown.has(credential.secret.node)) continue;
    const { secret, unit, variable } = credential;
    const environ = importedName(secret.node, unit, 'os', 'environ');
    if (environ === undefined && !leading) {
      if (isBoundOtherwise(program.facts, 'os')) return 'os is another name in this program';
      const found = leadingImports(program.facts, (candidate) => candidate === firstOf(same).unit);
      if (typeof found === 'string') return found;
      leading = found;
    }
    add(unit.cell, editFor(credential, `${environ ?? 'os.environ'}`, variable));
  }
  if (leading) add(leading.cell, ...insertImports(leading, [{ module: 'os', name: undefined }]));
  return edits;
}

/** Some scope binds the name to something else than the module. */
function isBoundOtherwise(facts: ProgramFacts, name: string): boolean {
  const isOther = (scope: Scope): boolean =>
    scope.bindingsOf(name).some(({ source }) => source.type !== 'import' || source.module !== name) ||
    scope.children.some(isOther);
  return facts.units.some((unit) => isOther(unit.summary.root));
}

function firstOf(credentials: readonly Credential[]): Credential {
  return [...credentials].sort((a, b) => a.unit.order - b.unit.order)[0]!;
}

/** Why a literal stays as it is. */
function whyNotReplaced({ secret, unit }: Credential): string | undefined {
  const { node, holder, text, start, end } = secret;
  if (holder?.kind === 'setting')
    return 'the variable is set here: remove this line, and set it where the program runs';
  if (node.value === undefined) return 'the text is put together from parts';
  const parents = parentsOf(unit.unit);
  const parent = parents.get(node);
  if (parent?.kind === 'BinOp') return 'the text is put together from parts';
  for (let at: SyntaxParent | undefined = parent; at; at = parents.get(at)) {
    if (at.kind === 'Str') return 'it stands within an f-string';
  }
  const hasComment = unit.unit.comments.some((one) => one.start >= node.start && one.end <= node.end);
  if (hasComment) return 'a comment stands within the literal and would be lost';
  const isWhole = start === 0 && end === text.length;
  if (isWhole || isAddress(secret)) return undefined;
  const [token, ...others] = node.tokens;
  const isPlain = token?.quote.length === 1 && token.prefix === '' && others.length === 0;
  if (!isPlain || /[\\{}]/.test(unit.unit.text.slice(node.start, node.end)))
    return 'it is a part of a longer text';
  return undefined;
}

/** Connection strings and webhooks are secret as a whole. */
function isAddress({ what, text }: Credential['secret']): boolean {
  const isAll = /connection string|webhook|signature|account key/.test(what);
  return isAll && (/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text) || /^[\w ]+=/.test(text));
}

function editFor({ secret, unit }: Credential, environ: string, variable: string): TextEdit {
  const { node, text, start, end } = secret;
  const call = variableOfDefault(secret) === undefined ? undefined : secret.holder?.call;
  const place = call ?? node;
  const span = { start: unit.start + place.start, end: unit.start + place.end };
  const isWhole = start === 0 && end === text.length;
  if (call || isWhole || isAddress(secret)) {
    // `return"x"` needs no blank, `returnos` is another word.
    const needsBlank = /[\p{L}\p{N}_]/u.test(unit.unit.text.charAt(place.start - 1));
    return { span, newText: `${needsBlank ? ' ' : ''}${environ}["${variable}"]` };
  }
  const { quote } = node.tokens[0]!;
  const inner = quote === '"' ? "'" : '"';
  const before = text.slice(0, start);
  const after = text.slice(end);
  const needsBlank = /[\p{L}\p{N}_]/u.test(unit.unit.text.charAt(place.start - 1)) ? ' ' : '';
  return {
    span,
    newText: `${needsBlank}f${quote}${before}{${environ}[${inner}${variable}${inner}]}${after}${quote}`,
  };
}

function isAt({ secret, unit }: Credential, { node, cell, span }: Finding): boolean {
  return secret.node === node && unit.cell === cell && unit.start + secret.node.start === span.start;
}

function valueOf({ secret }: Credential): string {
  return secret.text.slice(secret.start, secret.end);
}

function valueAt(program: AnalysedProgram, finding: Finding): string | undefined {
  for (const credential of credentialsOf(program.context)) {
    if (isAt(credential, finding)) return valueOf(credential);
  }
  return undefined;
}
