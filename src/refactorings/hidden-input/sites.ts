import { type FactUnit, isIsolated } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { Scope } from '../../semantics/scope';
import type { Call, FunctionDef, StrPiece } from '../../syntax/ast';
import type { AnalysedProgram } from '../outcome';
import { Bound } from './bound';
import { type HiddenRead, lifetimeOf } from './function';

/** A call of the function. */
export interface Site {
  readonly call: Call;
  readonly unit: FactUnit;
}

export interface SitesPlan {
  readonly sites: readonly Site[];
  /** The functions that call it from outside, each once: they read the variable themselves then. */
  readonly readers: readonly { readonly function: FunctionDef; readonly unit: FactUnit }[];
}

/** All calls of the function, each of which reads the same variable at the same moment; else the reason. */
export function callSitesOf(read: HiddenRead, program: AnalysedProgram): SitesPlan | string {
  const { facts } = program;
  const target = read.function.name;
  const sites: Site[] = [];
  const readers = new Map<FunctionDef, FactUnit>();
  const lifetime = lifetimeOf(read, program);
  const bound = new Bound(read.name, facts);
  let outside = 0;
  for (const { reference, unit } of facts.freeReferences) {
    if (reference.name !== target) continue;
    const call = parentsOf(unit.unit).get(reference.node);
    if (call?.kind !== 'Call' || call.func !== reference.node)
      return `${target} is used as a value ${placeOf(unit, reference.node.start)}`;
    if (reference.time === 'annotation') return `${target} is called in an annotation`;
    const site: Site = { call, unit };
    const reason = whyNotHere(site, reference.scope, read);
    if (reason !== undefined) return `${reason} ${placeOf(unit, call.start)}`;
    sites.push(site);
    // Recursion hands on what came in.
    if (isInside(reference.scope, read.function)) {
      if (lifetime === 'rebound' && reference.scope.node !== read.function) {
        return `${read.name} is bound again, and ${target} may call itself later ${placeOf(unit, call.start)}`;
      }
      continue;
    }
    outside++;
    const inFunction = outermost(reference.scope);
    if (lifetime === 'rebound' && (inFunction !== undefined || reference.time !== 'now')) {
      return `${read.name} is bound again, and the call ${placeOf(unit, call.start)} may run at any time`;
    }
    if (!bound.isBoundAt({ unit, scope: reference.scope, block: reference.block, offset: call.start })) {
      return `${read.name} may not be bound yet at the call ${placeOf(unit, call.start)}`;
    }
    if (inFunction?.name === '__del__')
      return `${target} is called in __del__, which may run when names are gone`;
    if (inFunction && isOnlyUnderConditions(read.name, program) && startsProcesses(program)) {
      return `${read.name} is bound under a condition, so that other processes may not have it`;
    }
    if (inFunction) readers.set(inFunction, unit);
  }
  if (outside === 0) return `Nobody calls ${target} here, so others may`;
  return { sites, readers: [...readers].map(([node, unit]) => ({ function: node, unit })) };
}

function whyNotHere({ call, unit }: Site, scope: Scope, read: HiddenRead): string | undefined {
  const { name, function: owner } = read;
  if (isIsolated(unit)) return `${owner.name} is called under a magic that has names of its own`;
  if (
    call.args.some((argument) => argument.kind === 'Starred') ||
    call.keywords.some((keyword) => keyword.name === undefined)
  ) {
    return `${owner.name} is called with * or **`;
  }
  if (call.keywords.some((keyword) => keyword.name === name)) return `${owner.name} is given ${name} already`;
  const isOwn = isInside(scope, owner);
  const found = scope.ownerOf(name);
  if (found.parent !== undefined) return `${name} is another variable at the call`;
  if (isOwn && declaresGlobal(scope, name)) return `${name} is declared global at the call`;
  if (call.args.length === 1 && call.args[0]!.kind === 'Comprehension' && call.args[0].end >= call.close) {
    return 'A generator without parentheses stands alone in the call';
  }
  if (!fits(call, owner)) return `${owner.name} is given too much or too little`;
  return isShownAsText(call, unit) ? 'The text of the call is printed' : undefined;
}

/** Whether the call gives each parameter that has no default, and nothing else. */
function fits({ args, keywords }: Call, { params }: FunctionDef): boolean {
  const positional = params.filter(({ type }) => type === 'plain' || type === 'positional-only');
  if (args.length > positional.length && !params.some(({ type }) => type === 'star')) return false;
  const given = new Set([...positional.slice(0, args.length).map(({ name }) => name)]);
  for (const { name } of keywords) {
    const takes = params.some(
      (param) => param.name === name && (param.type === 'plain' || param.type === 'keyword-only'),
    );
    if (
      name === undefined ||
      given.has(name) ||
      (!takes && !params.some(({ type }) => type === 'double-star'))
    )
      return false;
    given.add(name);
  }
  return params.every(
    (param) =>
      given.has(param.name) ||
      param.default !== undefined ||
      param.type === 'star' ||
      param.type === 'double-star',
  );
}

function isOnlyUnderConditions(name: string, { facts }: AnalysedProgram): boolean {
  return facts.moduleBindings(name).every(({ binding }) => binding.block.parent !== undefined);
}

const PROCESSES = /^(?:multiprocessing|concurrent|joblib|torch|ray|dask|loky|pathos|billiard|mpire)(?:\.|$)/;

/** Whether the program imports something that may run its functions in another process, which imports it anew. */
function startsProcesses({ facts }: AnalysedProgram): boolean {
  return facts.units.some(({ summary }) =>
    summary.statements.some(({ node }) => {
      if (node.kind === 'ImportFrom') return PROCESSES.test(node.module);
      return node.kind === 'Import' && node.names.some((imported) => PROCESSES.test(imported.name));
    }),
  );
}

function declaresGlobal(scope: Scope, name: string): boolean {
  for (const at of scope.outwards()) if (at.declared.has(name)) return true;
  return false;
}

function isInside(scope: Scope, owner: FunctionDef): boolean {
  for (const at of scope.outwards()) if (at.node === owner) return true;
  return false;
}

function outermost(scope: Scope): FunctionDef | undefined {
  let found: FunctionDef | undefined;
  for (const at of scope.outwards()) if (at.node?.kind === 'FunctionDef') found = at.node;
  return found;
}

/** `f"{share()=}"` prints the call's text. */
function isShownAsText(call: Call, { unit }: FactUnit): boolean {
  const parents = parentsOf(unit);
  for (let at = parents.get(call); at; at = parents.get(at)) {
    if (at.kind === 'Str' && at.tokens.some((token) => hasDebugHole(token.pieces, call))) return true;
  }
  return false;
}

function hasDebugHole(pieces: readonly StrPiece[], call: Call): boolean {
  return pieces.some((piece) => {
    if (piece.kind !== 'hole' || piece.start > call.start || piece.end < call.end) return false;
    return piece.isDebug || hasDebugHole(piece.format, call);
  });
}

function placeOf({ cell, start }: FactUnit, offset: number): string {
  const line = cell.lines.positionAt(start + offset).line + 1;
  return cell.cell.index === null ? `in line ${line}` : `in cell ${cell.cell.index + 1}, line ${line}`;
}
