import { takenNames } from '../refactorings/extract-pipeline/ours';
import { withTails } from './comments';
import { regionsOf, withSectionComments } from '../refactorings/extract-pipeline/regions';
import { type Roles, awaits, rolesOf } from '../refactorings/extract-pipeline/roles';
import { formulaReads } from '../refactorings/extract-pipeline/textReads';
import { indentedCell } from '../refactorings/indentedCell';
import type { AnalysedProgram } from '../refactorings/outcome';
import { refusalAt, refusalInCell } from '../refactorings/places';
import type { ProgramFacts } from '../semantics/facts';
import { hostQuestions } from '../semantics/hostQuestions';
import { stagesOf } from '../stages/stages';
import type { Note, Refusal } from '../text/refusal';
import { baseName } from '../text/workspace';
import { knownEffects } from '../verify/knownEffects';
import { argvUse } from './argv';
import { configurableLiterals, configurationOf, configuredConstants } from './configuration';
import { dottedLocalImport, localModules } from './localModules';
import { modulesOf } from './modules';
import { packageObstacles } from './obstacles';
import type { PackagePlan } from './plan';
import { projectFiles } from './project/files';
import type { PackageFile, PackageOutcome, PackageRequest } from './request';
import { withJoin } from '../refactorings/extract-pipeline/attempt';
import { plannedPackage, sharedStages } from './planned';
import { ANY, SpelledTypes } from '../semantics/spelledTypes';
import { translate } from './translate';
import { MARKER } from '../config/document';
import { configText } from './write/configText';
import { initText, setupRefusals } from './write/initText';
import { type Unpickled, mainText } from './write/mainText';
import { moduleText } from './write/moduleText';
import { pipelineText } from './write/pipelineText';
import { stateText } from './write/stateText';

/** Modules of every package, which no module of stages may be called. */
const OWN_MODULES = ['__init__', '__main__', 'pipeline'];

/** Makes a package of a script or notebook that does what running it from top to bottom does. Pure. */
export function packageProgram(request: PackageRequest): PackageOutcome {
  const { path } = request.program;
  const problem =
    brokenCell(request.program) ?? textNotebook(request.program) ?? indentedCell(request.program);
  if (problem) return refused([problem]);
  const translation = translate(request.program, request.name);
  if (translation.refusals.length > 0) return refused(translation.refusals);
  const program = translation.isChanged
    ? request.analyze({ ...request.source, cells: translation.cells(request.source) })
    : request.program;
  const broken = brokenCell(program);
  if (broken) return refused([translation.original(broken)]);
  const planned = plan(program, request);
  if ('refusals' in planned) return refused(planned.refusals.map((refusal) => translation.original(refusal)));
  const files = packageFiles(planned);
  for (const { path: file, content } of files) {
    const invalid = file.endsWith('.py') ? request.check(content) : undefined;
    if (invalid !== undefined) {
      const reason = `the result, ${file}, would not be valid Python: ${invalid}`;
      return refused([{ path, cell: null, line: 0, reason }]);
    }
  }
  const notes = [...translation.notes, ...planned.notes, ...hostNotes(request.program)];
  return { status: 'done', files: [...files, ...projectFiles(planned, request, translation, files)], notes };
}

/** A package runs in a process of its own, in which no notebook's host is loaded. */
function hostNotes({ facts, path }: AnalysedProgram): readonly Note[] {
  return hostQuestions(facts).map(({ unit, node }) => ({
    path,
    cell: unit.cell.cell.index,
    line: facts.rangeOf(unit, node).start.line,
    message: 'asks whether it runs in Colab; a package does not, even where the notebook does',
  }));
}

function refused(refusals: readonly Refusal[]): PackageOutcome {
  const seen = new Map(refusals.map((refusal) => [JSON.stringify(refusal), refusal]));
  return { status: 'refused', refusals: [...seen.values()] };
}

function brokenCell({ facts, path }: AnalysedProgram): Refusal | undefined {
  const broken = facts.cells.find(({ syntax }) => syntax.problem);
  if (!broken?.syntax.problem) return undefined;
  const { offset, message } = broken.syntax.problem;
  return refusalInCell(path, broken, offset, `the code is ${message}`);
}

function textNotebook({ facts, path }: AnalysedProgram): Refusal | undefined {
  const { program } = facts;
  if (program.kind !== 'notebook' || program.cells.every(({ index }) => index !== null)) return undefined;
  return { path, cell: null, line: 0, reason: 'notebooks in one text file cannot be converted yet' };
}

function plan(
  program: AnalysedProgram,
  request: PackageRequest,
): PackagePlan | { readonly refusals: readonly Refusal[] } {
  const { facts, path, context } = program;
  // Where modules are found elsewhere, PyYAML may be another one.
  const findsElsewhere = facts.units.some(({ unit }) => /\bsys\s*\.\s*path\b/.test(unit.text));
  const literals = findsElsewhere ? [] : configurableLiterals(program);
  const planned = plannedPackage(request.plan, program);
  const roles = rolesOf(facts, context.evaluator, {
    shape: 'functions',
    mayAwait: true,
    running: configuredConstants(literals),
    dropped: planned?.decisions.drop ?? new Set(),
  });
  const configuration = configurationOf(literals, roles, request.plan?.plan.configuration);
  const running = facts.units.filter((unit) => roles.of.get(unit) === 'run');
  if (running.length === 0) {
    const reason = 'nothing runs here: there is nothing but definitions';
    return { refusals: [{ path, cell: null, line: 0, reason }] };
  }
  const local = localModules(facts, request.modules);
  const taken = takenNames(facts);
  const proposed = stagesOf(running, taken, context.evaluator);
  const shared = sharedStages(program, roles, proposed, planned);
  const { stages, sharing } = shared;
  const refusals = [
    ...shared.refusals,
    ...packageObstacles(program, roles),
    ...ownAny(program),
    ...setupRefusals({ facts, roles }),
    ...local.refusals,
    ...facts.units.flatMap((unit) => {
      const node = dottedLocalImport(unit, local.isLocal);
      const reason = 'a module within a package of the project is imported by its dotted name';
      return node ? [refusalAt(path, unit, node, reason)] : [];
    }),
    ...sharing.problems.map(({ unit, node, reason, joins }) =>
      refusalAt(path, unit, node, planned ? withJoin(reason, joins) : reason),
    ),
  ];
  if (refusals.length > 0) return { refusals };
  const configModule = ['config', 'configuration', 'run_configuration'].find(
    (name) => !local.names.has(name),
  )!;
  const modulesTaken = new Set([...OWN_MODULES, configModule, ...local.names]);
  const stateName = ['state', 'shared', 'run_state', 'pipeline_state', 'shared_names'].find(
    (name) => !taken.has(name) && !modulesTaken.has(name) && !stages.some((stage) => stage.name === name),
  );
  if (stateName === undefined) {
    return { refusals: [{ path, cell: null, line: 0, reason: 'no name is left for the shared state' }] };
  }
  const builtinTypes = new SpelledTypes(facts, context.evaluator, () => false);
  return {
    name: request.name,
    originalName: baseName(path),
    facts,
    roles,
    stages,
    modules: modulesOf(facts, roles, stages, new Set([...modulesTaken, stateName])),
    sharing,
    formulaReads: formulaReads(facts),
    local,
    regions: withSectionComments(withTails(regionsOf(facts), facts), roles, facts),
    configuration,
    configModule,
    configName: ['config', 'settings', 'run_config', 'configured'].find((name) => !taken.has(name))!,
    stateName,
    docstring: docstringOf(facts),
    types: new SpelledTypes(
      facts,
      context.evaluator,
      (name) => isOnlyImported(name, facts, roles),
      (name) => sharing.shared.has(name) && builtinTypes.of(name) === ANY,
    ),
    builtinTypes,
    isAsync: (stage) => stage.units.some(awaits),
    notes: shared.notes,
    effects: knownEffects(facts, context.evaluator, context.folder),
  };
}

/** Signatures say `Any`: the program must not call something of its own so. */
function ownAny({ facts, path }: AnalysedProgram): readonly Refusal[] {
  return facts.moduleBindings('Any').flatMap(({ binding, unit }) => {
    const { source } = binding;
    if (source.type === 'from-import' && source.module === 'typing' && source.name === 'Any') return [];
    return [
      refusalAt(
        path,
        unit,
        binding,
        'Any is the name of something else here, and types of signatures need it',
      ),
    ];
  });
}

/** Whether every module of the package that imports a name gets the same under it. */
function isOnlyImported(name: string, facts: ProgramFacts, roles: Roles): boolean {
  const bindings = facts.moduleBindings(name);
  return (
    bindings.length > 0 &&
    bindings.every(
      ({ binding: { block, scope, source }, unit }) =>
        roles.of.get(unit) === 'import' &&
        block.parent === undefined &&
        scope.parent === undefined &&
        (source.type === 'import' || source.type === 'from-import'),
    )
  );
}

function docstringOf(facts: ProgramFacts): string | undefined {
  const [first] = facts.units;
  const statement = first?.unit.statement;
  const isDocstring =
    facts.program.kind === 'script' && statement?.kind === 'Expr' && statement.value.kind === 'Str';
  return isDocstring ? first!.unit.text.slice(statement.value.start, statement.value.end) : undefined;
}

function packageFiles(planned: PackagePlan): readonly PackageFile[] {
  const { name, modules, stateName, sharing, local, originalName, configuration, configModule } = planned;
  const folder = `src/${name}`;
  const first = modules.find(({ stages }) => stages.length > 0);
  const files: PackageFile[] = [
    { path: '__init__.py', content: initText(planned, `The stages of ${originalName}`) },
    { path: '__main__.py', content: mainText(planned, argvUse(planned.facts), unpickled(planned)) },
    { path: 'pipeline.py', content: pipelineText(planned) },
    ...modules.map((module) => ({
      path: `${module.name}.py`,
      content: moduleText(module, planned, module === first),
    })),
    ...(sharing.shared.size > 0 || configuration
      ? [{ path: `${stateName}.py`, content: stateText(planned) }]
      : []),
    ...(configuration ? [{ path: `${configModule}.py`, content: configText(configuration.values) }] : []),
    { path: 'config.yaml', content: configuration?.text ?? `${MARKER}\n` },
    { path: 'py.typed', content: '' },
    ...local.files,
  ];
  return files.map((file) => ({ path: `${folder}/${file.path}`, content: file.content }));
}

const LOADS_PICKLES =
  /\b(?:pickle|cPickle|dill|cloudpickle|joblib|torch|shelve)\s*\.\s*(?:load|loads|open|Unpickler)\b|\bread_pickle\b|\bfrom\s+(?:pickle|joblib|dill|torch)\s+import\b/;

/** The classes of a program that loads pickles, by the module in which they are now. */
function unpickled({ facts, modules }: PackagePlan): readonly Unpickled[] {
  if (!facts.units.some(({ unit }) => LOADS_PICKLES.test(unit.text))) return [];
  return modules.flatMap(({ name, definitions }) => {
    const names = definitions.flatMap(({ unit: { statement } }) =>
      statement.kind === 'ClassDef' ? [statement.name] : [],
    );
    return names.length > 0 ? [{ module: name, names }] : [];
  });
}
