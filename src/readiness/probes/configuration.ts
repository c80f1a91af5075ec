import { CONFIG_READERS } from '../../knowledge/fileArguments';
import type { FactUnit } from '../../semantics/facts';
import { type FileUseFact, fileUsesOf } from '../../semantics/fileUses';
import { parentsOf } from '../../semantics/parents';
import type { Expression } from '../../syntax/ast';
import { baseName } from '../../text/workspace';
import { type Evidence, MOST_EVIDENCE, type Probe, type ProbeInput, type SeenProgram } from '../probe';
import { evidenceAt, fileEvidence, outcomeOf, searchCode } from '../search';

/** Calls and base classes that take settings from outside the code, and what to say of them. */
const READERS: ReadonlyMap<string, string> = new Map([
  ...[...CONFIG_READERS].map((name): [string, string] => [name, 'reads a configuration file']),
  ['configparser.ConfigParser', 'reads a configuration file'],
  ['ruamel.yaml.YAML', 'reads a configuration file'],
  ['yaml.load_all', 'reads a configuration file'],
  ['omegaconf.OmegaConf.from_cli', 'takes options'],
  ['hydra.main', 'is configured by Hydra'],
  ['hydra.compose', 'is configured by Hydra'],
  ['dynaconf.Dynaconf', 'reads a configuration file'],
  ['decouple.config', 'reads the environment'],
  ['environ.Env', 'reads the environment'],
  ['os.getenv', 'reads the environment'],
  ['os.environ.get', 'reads the environment'],
  ['argparse.ArgumentParser', 'takes options'],
  ['click.option', 'takes options'],
  ['click.argument', 'takes options'],
  ['typer.Typer', 'takes options'],
  ['typer.run', 'takes options'],
  ['fire.Fire', 'takes options'],
  ['tyro.cli', 'takes options'],
  ['simple_parsing.ArgumentParser', 'takes options'],
]);
const LAST_NAMES = new Set([...READERS.keys()].map((name) => name.slice(name.lastIndexOf('.') + 1)));
const BASES = new Set(['pydantic_settings.BaseSettings', 'pydantic.BaseSettings', 'tap.Tap']);
/** Files that are configuration by their name. */
const CONFIG_FILE =
  /^(\w*[_.-])?(config|settings|params|hparams|parameters|conf)([_.-]\w*)?\.(ya?ml|toml|json|ini|cfg)$|^\.env$/i;

export const configuration: Probe = {
  id: 'configuration',
  title: 'Configuration',
  question: 'Does the code take its settings from outside: a file, the environment, options?',
  looksAt: 'code',
  cannotSee: 'Whether everything that should be a setting is one.',
  async run(input) {
    const found = await searchCode(input, {
      find: (program) => readsOf(program, input),
      word: /\b(yaml|toml|tomllib|tomli|omegaconf|hydra|configparser|dynaconf|decouple|dotenv|environ|getenv|argparse|click|typer|fire|tyro|Tap|BaseSettings|simple_parsing|\w*(config|settings|params)\w*)\b/i,
      mayBe: 'may read settings',
    });
    const count = found.proofs.length;
    const result = outcomeOf(found, {
      yes: (where) =>
        `${count} ${count === 1 ? 'place takes' : 'places take'} settings from outside, in ${where}`,
      unknown: 'no program is proven to take settings from outside, but one may',
      no: 'no program takes a setting from outside',
      against: literalPathsOf,
    });
    if (result.outcome !== 'no') return result;
    const lying = input.files.paths
      // Settings of editors and services lie in folders that begin with a dot.
      .filter((path) => CONFIG_FILE.test(baseName(path)) && !/(^|\/)\.[^/]*\//.test(path))
      .map((path) => fileEvidence(path, 'is there, but no program reads it'));
    return { ...result, evidence: [...lying, ...result.evidence].slice(0, MOST_EVIDENCE) };
  },
};

function readsOf(program: SeenProgram, input: ProbeInput): readonly Evidence[] {
  const found: Evidence[] = [];
  for (const unit of program.facts.units) {
    found.push(...callsIn(program, unit), ...basesIn(program, unit), ...environmentIn(program, unit));
    found.push(...modulesIn(program, unit, input));
  }
  for (const use of fileUses(program)) {
    const name = namesOf(use).find((path) => CONFIG_FILE.test(baseName(path)));
    if ((use.use === 'read' || use.use === 'path') && name !== undefined) {
      found.push(evidenceAt(program, use.unit, use.call, `reads ${baseName(name)}`));
    }
  }
  for (const { cell } of program.facts.cells) {
    if (cell.tags?.includes('parameters') !== true) continue;
    const message = 'a cell of parameters, which papermill sets';
    found.push({ path: program.path, cell: cell.index, line: 0, message });
  }
  return onePerLine(found);
}

function callsIn(program: SeenProgram, unit: FactUnit): readonly Evidence[] {
  return unit.summary.calls.flatMap(({ node }) => {
    const { func } = node;
    const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : '';
    // An import may have renamed it.
    if (!LAST_NAMES.has(name) && func.kind !== 'Name') return [];
    const callee = program.context.evaluator.calleeOf(node, unit);
    const what = callee === undefined ? undefined : READERS.get(callee);
    return what === undefined ? [] : [evidenceAt(program, unit, node, what)];
  });
}

function basesIn(program: SeenProgram, unit: FactUnit): readonly Evidence[] {
  const { evaluator } = program.context;
  return unit.summary.statements.flatMap(({ node }) => {
    const isSettings =
      node.kind === 'ClassDef' &&
      evaluator.basesOf(node, unit).some((base) => base !== undefined && BASES.has(base));
    return isSettings ? [evidenceAt(program, unit, node, 'a class of settings')] : [];
  });
}

/** `os.environ["X"]` that is read; setting one configures others. */
function environmentIn(program: SeenProgram, unit: FactUnit): readonly Evidence[] {
  const found: Evidence[] = [];
  for (const node of unit.summary.locate.keys()) {
    if (node.kind !== 'Subscript' || !isNamed(node.value, 'environ')) continue;
    if (program.context.evaluator.qualifiedName(node.value, unit) !== 'os.environ') continue;
    const parent = parentsOf(unit.unit).get(node);
    const isSet =
      (parent?.kind === 'Assign' && parent.targets.includes(node)) ||
      parent?.kind === 'Delete' ||
      (parent?.kind === 'AugAssign' && parent.target === node);
    if (!isSet) found.push(evidenceAt(program, unit, node, 'reads the environment'));
  }
  return found;
}

function isNamed(node: Expression, name: string): boolean {
  return (node.kind === 'Attribute' && node.attr === name) || node.kind === 'Name';
}

/** `from config import RATE` where `config.py` is the project's own. */
function modulesIn(program: SeenProgram, unit: FactUnit, { files }: ProbeInput): readonly Evidence[] {
  return unit.summary.statements.flatMap(({ node }) => {
    const names =
      node.kind === 'Import'
        ? node.names.map(({ name }) => name)
        : node.kind === 'ImportFrom'
          ? [node.module, ...node.names.map(({ name }) => name)]
          : [];
    const module = names.find((name) => /(^|\.)(config|settings|hparams)$/.test(name));
    const file = module === undefined ? undefined : `${module.slice(module.lastIndexOf('.') + 1)}.py`;
    const isOwn = file !== undefined && files.paths.some((path) => baseName(path) === file);
    return isOwn ? [evidenceAt(program, unit, node, `takes settings from ${file}`)] : [];
  });
}

/** Paths that stand in the code. */
function literalPathsOf(program: SeenProgram): readonly Evidence[] {
  const places = fileUses(program).flatMap((use) => {
    const [path] = namesOf(use);
    return path === undefined
      ? []
      : [evidenceAt(program, use.unit, use.call, `the path ${path} stands in the code`)];
  });
  return onePerLine(places);
}

function fileUses(program: SeenProgram): readonly FileUseFact[] {
  return fileUsesOf(program.context.evaluator, program.context.folder);
}

/** The whole path, where the code says it all. */
function namesOf({ folded }: FileUseFact): readonly string[] {
  return folded.flatMap(({ segments }) => {
    const parts = segments.map((segment) => (segment.kind === 'text' ? segment.value : undefined));
    return parts.length > 0 && !parts.includes(undefined) ? [parts.join('')] : [];
  });
}

function onePerLine(evidence: readonly Evidence[]): readonly Evidence[] {
  const byPlace = new Map(evidence.map((each) => [`${each.path}\0${each.cell}\0${each.line}`, each]));
  return [...byPlace.values()];
}
