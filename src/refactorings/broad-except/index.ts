import { isException } from '../../knowledge/exceptionClasses';
import {
  type PlacedHandler,
  caughtBy,
  expressionsWithin,
  handlersOf,
  statementsWithin,
} from '../../rules/errors/handlers';
import { raisedBy, withoutDerived } from '../../rules/errors/raised';
import type { Finding } from '../../rules/rule';
import type { CodeCell, FactUnit } from '../../semantics/facts';
import type { Expression } from '../../syntax/ast';
import type { TextEdit } from '../../text/edit';
import { changedCells } from '../cellChange';
import { importedName } from '../importedName';
import { type NeededImport, insertImports, leadingImports } from '../leadingImports';
import { isBoundOtherwise } from '../moduleLogger';
import type { AnalysedProgram, Outcome } from '../outcome';
import { refusalAt } from '../places';

/** What the handler at a finding is to catch, as it is written, or why that is not known. Cheap. */
export function narrowedTo(
  program: AnalysedProgram,
  finding: Finding,
): { readonly classes: readonly string[] } | { readonly reason: string } {
  const plan = planOf(program, finding);
  return typeof plan === 'string' ? { reason: plan } : { classes: plan.classes };
}

/** Makes the handler at a finding catch what the calls in its `try` block are known to raise, and nothing else. */
export function narrowHandler(program: AnalysedProgram, finding: Finding): Outcome {
  const plan = planOf(program, finding);
  if (typeof plan !== 'string') return changedCells(program.path, plan.edits);
  const refusals = [refusalAt(program.path, finding.unit!, finding.node!, plan)];
  return { status: 'refused', notes: [], refusals };
}

interface Plan {
  readonly classes: readonly string[];
  readonly edits: ReadonlyMap<CodeCell, readonly TextEdit[]>;
}

function planOf(program: AnalysedProgram, { unit, node }: Finding): Plan | string {
  const placed = unit && handlersOf(unit).find(({ handler }) => handler === node);
  if (!unit || !placed) throw new Error('a finding of broad-except has its handler');
  const names = classesToCatch(placed, unit, program);
  if (typeof names === 'string') return names;
  const needed: NeededImport[] = [];
  const classes: string[] = [];
  for (const name of names) {
    const written = writtenName(name, placed, unit, needed);
    if (written === undefined) return `${name} cannot be named here: its name stands for something else`;
    classes.push(written);
  }
  const edits = new Map<CodeCell, readonly TextEdit[]>([[unit.cell, [headEdit(placed, unit, classes)]]]);
  if (needed.length === 0) return { classes, edits };
  const leading = leadingImports(unit.facts, (candidate) => candidate === unit);
  if (typeof leading === 'string') return `An import cannot be added: ${leading}`;
  if (leading.endOrder > unit.order) return 'An import cannot be added above this line';
  edits.set(leading.cell, [...(edits.get(leading.cell) ?? []), ...insertImports(leading, needed)]);
  return { classes, edits };
}

/** The classes by their listed names, or why they are not known. */
function classesToCatch(
  { handler, statement }: PlacedHandler,
  unit: FactUnit,
  { context }: AnalysedProgram,
): readonly string[] | string {
  if (/^except\s*\*/.test(unit.unit.text.slice(handler.start))) return 'except* handles groups of exceptions';
  const { known, unknown, isFromCalls } = raisedBy(statement.body, unit, context);
  const [first] = unknown;
  if (first !== undefined) return `It is not known what ${first} raises`;
  const earlier = statement.handlers
    .slice(0, statement.handlers.indexOf(handler))
    .flatMap((other) => caughtBy(other, unit, context.evaluator));
  const left = [...known.keys()].filter(
    (name) => !earlier.some((caught) => caught !== undefined && isException(name, caught)),
  );
  const names = withoutDerived(left);
  return names.length === 0 || !isFromCalls ? 'Nothing in the block is known to raise anything' : names;
}

/** How a class is written at the handler; an import that it needs is put on the list. */
function writtenName(
  name: string,
  placed: PlacedHandler,
  unit: FactUnit,
  needed: NeededImport[],
): string | undefined {
  const dot = name.lastIndexOf('.');
  if (dot < 0) return isBoundAnywhere(name, placed, unit) ? undefined : name;
  const [module, member] = [name.slice(0, dot), name.slice(dot + 1)];
  const place = placeOf(placed);
  const known = place && importedName(place, unit, module, member);
  if (known !== undefined) return known;
  if (importsWhole(module, unit)) return name;
  const top = module.split('.')[0] ?? module;
  if (isBoundOtherwise(unit, top)) return undefined;
  if (!needed.some((one) => one.module === module)) needed.push({ module, name: undefined });
  return name;
}

/** An expression from where names are looked up as in the head of the clause; undefined where there is none. */
function placeOf({ handler, statement }: PlacedHandler): Expression | undefined {
  if (handler.type) return handler.type;
  // What the block imports itself is not there if it fails.
  const imports = [...statementsWithin(statement.body)].some(
    ({ kind }) => kind === 'Import' || kind === 'ImportFrom',
  );
  return imports ? undefined : expressionsWithin(statement.body)[0];
}

/** `import urllib.error` at module level, which is written as it is called. */
function importsWhole(module: string, { facts }: FactUnit): boolean {
  const top = module.split('.')[0] ?? module;
  const bindings = facts.moduleBindings(top);
  return (
    bindings.length > 0 &&
    bindings.every(({ binding }) => binding.source.type === 'import' && binding.source.module === top) &&
    bindings.some(
      ({ binding }) =>
        binding.source.type === 'import' &&
        binding.source.imported === module &&
        binding.block.parent === undefined,
    )
  );
}

/** A builtin's name that some scope around the handler binds. */
function isBoundAnywhere(name: string, { at }: PlacedHandler, { facts }: FactUnit): boolean {
  return at.scope.ownerOf(name).parent !== undefined || facts.moduleBindings(name).length > 0;
}

function headEdit({ handler }: PlacedHandler, unit: FactUnit, classes: readonly string[]): TextEdit {
  const text = classes.length === 1 ? classes[0]! : `(${classes.join(', ')})`;
  if (handler.type) {
    const { start, end } = handler.type;
    return { span: { start: unit.start + start, end: unit.start + end }, newText: text };
  }
  const at = unit.start + handler.start + 'except'.length;
  return { span: { start: at, end: at }, newText: ` ${text}` };
}
