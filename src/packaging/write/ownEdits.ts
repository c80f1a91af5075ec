import { guardedBody, isGuard } from '../../refactorings/extract-pipeline/guard';
import { readsBuiltin } from '../../refactorings/extract-pipeline/names';
import type { FactUnit } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { ClassDef, Expression } from '../../syntax/ast';
import type { TextEdit } from '../../text/edit';
import { relativeImportEdits } from '../localModules';
import { testedName } from '../membership';
import type { PackagePlan } from '../plan';

/** Edits of a statement besides those of shared names: what means something else in a module of a package. */
export function ownEdits(unit: FactUnit, plan: PackagePlan): readonly TextEdit[] {
  return [
    ...relativeImportEdits(unit, plan.local.isLocal),
    ...moduleAttributes(unit, plan),
    ...membershipEdits(unit, plan),
    ...classNames(unit, plan),
    ...storedNames(unit, plan),
    ...builtinReads(unit, plan),
    ...(plan.configuration?.editsOf(unit, `${plan.stateName}.${plan.configName}`) ?? []),
    ...guardOnOneLine(unit),
  ];
}

/** What IPython calls the module in which cells run. */
const IPYTHONS_DOC = '"Automatically created module for IPython interactive environment"';

/** `__name__` is what it was; `__doc__` is the original's text. */
function moduleAttributes(unit: FactUnit, { docstring, facts }: PackagePlan): readonly TextEdit[] {
  const doc = facts.program.kind === 'notebook' ? IPYTHONS_DOC : (docstring ?? 'None');
  const edits: TextEdit[] = [];
  const parents = parentsOf(unit.unit);
  const isInHeader = (node: Expression): boolean =>
    isGuard(unit) && unit.unit.statement.kind === 'If' && node.end <= unit.unit.statement.body[0]!.start;
  for (const { name, node } of unit.summary.freeReferences) {
    if (unit.facts.moduleBindings(name).length > 0 || isInHeader(node)) continue;
    if (name === '__name__') {
      const test = parents.get(node);
      const isTest =
        test?.kind === 'Compare' &&
        test.ops.length === 1 &&
        test.ops[0] === '==' &&
        test.operands.some((side) => side.kind === 'Str' && side.value === '__main__');
      edits.push(replaced(unit, isTest ? test : node, isTest ? 'True' : '"__main__"'));
    } else if (name === '__doc__') edits.push(replaced(unit, node, doc));
  }
  return edits;
}

/** `"x" in globals()` asks the module of shared names. */
function membershipEdits(unit: FactUnit, { roles, stateName }: PackagePlan): readonly TextEdit[] {
  return unit.summary.calls
    .filter(({ node }) => testedName(node, unit, roles.moved) !== undefined)
    .map(({ node }) => replaced(unit, node, `dir(${stateName})`));
}

/** A builtin that its stage redefines further down: a function would take the name for its own all the way. */
function builtinReads(unit: FactUnit, { stages, sharing, stateName }: PackagePlan): readonly TextEdit[] {
  const stage = stages.find(({ units }) => units.includes(unit));
  if (!stage) return [];
  const defined = new Set(
    stage.units.flatMap(({ summary }) =>
      summary.moduleBindings.flatMap(({ name, source, scope }) =>
        scope.parent === undefined && ['function', 'class', 'import', 'from-import'].includes(source.type)
          ? [name]
          : [],
      ),
    ),
  );
  return unit.summary.freeReferences
    .filter((reference) => sharing.shared.has(reference.name) && defined.has(reference.name))
    .filter((reference) => readsBuiltin({ reference, unit }))
    .map(({ name, node }) => replaced(unit, node, `${stateName}.${name}`));
}

/** A class that is made within a stage is called as it was. */
function classNames(unit: FactUnit, { roles }: PackagePlan): readonly TextEdit[] {
  if (roles.of.get(unit) !== 'run') return [];
  return unit.summary.statements.flatMap(({ node, at }) =>
    node.kind === 'ClassDef' && at.scope.parent === undefined ? [qualifiedName(unit, node)] : [],
  );
}

function qualifiedName(unit: FactUnit, node: ClassDef): TextEdit {
  const [first, second] = node.body;
  const { source } = unit.cell.cell;
  const isDocstring = first?.kind === 'Expr' && first.value.kind === 'Str';
  const next = isDocstring ? second : first;
  const line = `__qualname__ = "${node.name}"`;
  const before = next ?? first!;
  const at = unit.start + (next ? before.start : before.end);
  const lineStart = Math.max(source.lastIndexOf('\n', at - 1), source.lastIndexOf('\r', at - 1)) + 1;
  if (!next) {
    const own = /^[ \t]*/.exec(source.slice(source.lastIndexOf('\n', unit.start + first!.start - 1) + 1))![0];
    return { span: { start: at, end: at }, newText: `\n    ${own}${line}` };
  }
  const indent = source.slice(lineStart, at);
  const isOwnLine = indent.trim() === '';
  return {
    span: { start: at, end: at },
    newText: isOwnLine ? `${line}\n    ${indent}` : `${line}; `,
  };
}

/** What `:=` binds goes to the shared names as soon as its statement has it. */
function storedNames(unit: FactUnit, { sharing, stateName }: PackagePlan): readonly TextEdit[] {
  const names = sharing.stored.get(unit);
  if (!names) return [];
  const at = unit.start + unit.unit.text.length;
  const stores = names.map((name) => `\n    ${stateName}.${name} = ${name}`).join('');
  return [{ span: { start: at, end: at }, newText: stores }];
}

/** `if __name__ == "__main__": main()` is `main()` in what `__main__.py` calls. */
function guardOnOneLine(unit: FactUnit): readonly TextEdit[] {
  const { statement } = unit.unit;
  if (!isGuard(unit) || guardedBody(unit) || statement.kind !== 'If') return [];
  const end = unit.start + statement.body[0]!.start;
  return [{ span: { start: unit.start, end }, newText: '' }];
}

function replaced(unit: FactUnit, node: { start: number; end: number }, newText: string): TextEdit {
  return { span: { start: unit.start + node.start, end: unit.start + node.end }, newText };
}
