import { STANDARD_MODULES } from '../../knowledge/standardModules';
import { baseName, folderOf } from '../../text/workspace';
import { type Evidence, MOST_EVIDENCE, type Probe, type ProbeInput, type SeenProgram } from '../probe';
import { isScaffolded } from '../scaffolded';
import { evidenceAt, fileEvidence } from '../search';

/** Dependencies that a file names: how many, where the first stands, and how many have one exact version. */
interface Named {
  readonly count: number;
  readonly pinned: number;
  readonly line: number;
}

const LOCKS =
  /^(uv|poetry|pdm|pixi|conda-lock|pylock(\.[\w-]+)?)\.(lock|ya?ml|toml)$|^Pipfile\.lock$|^conda-lock\.yml$/;

export const dependencies: Probe = {
  id: 'dependencies',
  title: 'Dependency file',
  question: 'Does a file name the packages that the code needs?',
  looksAt: 'files',
  cannotSee: 'Whether the list is complete, and what is installed elsewhere.',
  async run(input) {
    const { files, workspace } = input;
    const named: Evidence[] = [];
    const empty: Evidence[] = [];
    let count = 0;
    let pinned = 0;
    let lock: string | undefined;
    for (const path of files.paths) {
      const name = baseName(path);
      if (LOCKS.test(name)) {
        lock ??= path;
        continue;
      }
      const read = readerOf(path);
      const text = read && (await workspace.read(path));
      if (!read || text === undefined) continue;
      const found = read(text);
      if (isScaffolded(text)) empty.push(fileEvidence(path, 'a place-holder'));
      else if (!found) empty.push(fileEvidence(path, 'names no package'));
      else {
        count += found.count;
        pinned += found.pinned;
        const versions = found.pinned > 0 ? `, ${found.pinned} with an exact version` : '';
        named.push(fileEvidence(path, `${found.count} ${packages(found.count)}${versions}`, found.line));
      }
    }
    if (named.length > 0) {
      const exact =
        lock === undefined ? `${pinned} of ${count} with an exact version` : `locked by ${baseName(lock)}`;
      const evidence = [...(lock === undefined ? [] : [fileEvidence(lock, 'exact versions')]), ...named];
      const where = named.length === 1 ? baseName(named[0]!.path) : `${named.length} files`;
      const summary = `${where} ${named.length === 1 ? 'names' : 'name'} ${count} ${packages(count)}, ${exact}`;
      return { outcome: 'yes', summary, evidence: evidence.slice(0, MOST_EVIDENCE) };
    }
    return absent(input, empty);
  },
};

function absent(
  input: ProbeInput,
  empty: readonly Evidence[],
): ReturnType<Probe['run']> extends Promise<infer R> ? R : never {
  const { files, programs, unseen } = input;
  if (!files.isComplete) return { outcome: 'unknown', summary: 'not all files were listed', evidence: empty };
  const imports = programs.flatMap((program) => foreignImports(program, input));
  const needsNothing =
    imports.length === 0 && unseen.length === 0 && programs.every(({ facts }) => facts.isComplete);
  if (needsNothing) {
    return {
      outcome: 'not-applicable',
      summary: 'nothing but the standard library is imported',
      evidence: [],
    };
  }
  const evidence = [...empty, ...imports].slice(0, MOST_EVIDENCE);
  return { outcome: 'no', summary: 'no file names the packages that the code needs', evidence };
}

/** Imports of packages that are neither Python's nor the project's own; the first of each. */
function foreignImports(program: SeenProgram, { files }: ProbeInput): readonly Evidence[] {
  const seen = new Set<string>();
  return program.facts.units.flatMap((unit) =>
    unit.summary.statements.flatMap(({ node }) => {
      const modules =
        node.kind === 'Import'
          ? node.names.map(({ name }) => name)
          : node.kind === 'ImportFrom' && node.level === 0
            ? [node.module]
            : [];
      return modules.flatMap((module) => {
        const top = module.split('.', 1)[0]!;
        const isOwn = files.paths.some(
          (path) => baseName(path) === `${top}.py` || `/${path}`.includes(`/${top}/`),
        );
        if (seen.has(top) || STANDARD_MODULES.has(top) || isOwn) return [];
        seen.add(top);
        return [evidenceAt(program, unit, node, `imports ${top}`)];
      });
    }),
  );
}

function readerOf(path: string): ((text: string) => Named | undefined) | undefined {
  const name = baseName(path);
  const isRequirements =
    /^(requirements|constraints)?[\w.-]*requirements[\w.-]*\.(txt|in)$/i.test(name) ||
    (baseName(folderOf(path)) === 'requirements' && /\.(txt|in)$/.test(name));
  if (isRequirements) return requirements;
  if (name === 'pyproject.toml') return pyproject;
  if (/^(environment|conda)[\w.-]*\.ya?ml$/.test(name)) return environment;
  if (name === 'Pipfile') return (text) => entries(text, /^\[packages\]/, /^["\w]/, /"==/);
  if (name === 'setup.cfg') return (text) => entries(text, /^install_requires\s*=/, /^\s+\w/, /==/);
  if (name === 'setup.py') return setup;
  return undefined;
}

function requirements(text: string): Named | undefined {
  return named(text, (line) => /^\s*[A-Za-z0-9]/.test(line), /===?[^,]*$/);
}

function environment(text: string): Named | undefined {
  return entries(text, /^dependencies:/, /^\s*-\s+(?!pip:?\s*$|python\b)\S/, /[^<>!~]=/);
}

function pyproject(text: string): Named | undefined {
  const poetry = entries(text, /^\[tool\.poetry\.dependencies\]/, /^(?!python\b)["\w]/, /"==?\d|"\d/);
  if (poetry) return poetry;
  const project = text.search(/^\[project\]/m);
  if (project < 0) return undefined;
  const section = text.slice(project, nextSection(text, project));
  const list = /^dependencies\s*=\s*\[/m.exec(section);
  if (!list) return undefined;
  const start = project + list.index + list[0].length;
  const body = text.slice(start, nextSection(text, project));
  const items = [...body.slice(0, endOfList(body)).matchAll(/"([^"\n]+)"|'([^'\n]+)'/g)];
  const [first] = items;
  if (!first) return undefined;
  const isPinned = ([item]: readonly string[]): boolean => /===?/.test(item ?? '');
  return {
    count: items.length,
    pinned: items.filter(isPinned).length,
    line: lineAt(text, start + first.index),
  };
}

function setup(text: string): Named | undefined {
  const list = /\binstall_requires\s*=\s*\[/.exec(text);
  if (!list) return undefined;
  const start = list.index + list[0].length;
  const body = text.slice(start);
  const items = [...body.slice(0, endOfList(body)).matchAll(/"([^"\n]+)"|'([^'\n]+)'/g)];
  const pinned = items.filter(([item]) => item.includes('==')).length;
  return items.length === 0 ? undefined : { count: items.length, pinned, line: lineAt(text, list.index) };
}

/** Where a list ends whose opening bracket stands before the text; brackets in strings (extras) are none. */
function endOfList(text: string): number {
  const match = /^(?:"[^"\n]*"|'[^'\n]*'|#[^\n]*|[^"'#\]])*/.exec(text);
  return match?.[0].length ?? text.length;
}

/** Entries, one a line, below a heading and before the next one. */
function entries(text: string, heading: RegExp, entry: RegExp, pin: RegExp): Named | undefined {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => heading.test(line));
  if (start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^(\[|[A-Za-z_][\w-]*\s*:)/.test(line));
  const body = end < 0 ? rest : rest.slice(0, end);
  const found = named(body.join('\n'), (line) => entry.test(line), pin);
  return found && { ...found, line: found.line + start + 1 };
}

function named(text: string, isEntry: (line: string) => boolean, pin: RegExp): Named | undefined {
  const lines = text.split('\n').map((line) => line.replace(/(^|\s)#.*$/, ''));
  const found = lines.filter(isEntry);
  if (found.length === 0) return undefined;
  const pinned = found.filter((line) => pin.test(line)).length;
  return { count: found.length, pinned, line: lines.findIndex(isEntry) };
}

function nextSection(text: string, from: number): number {
  const next = text.slice(from + 1).search(/^\[[\w."-]+\]\s*$/m);
  return next < 0 ? text.length : from + 1 + next;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}

function packages(count: number): string {
  return count === 1 ? 'package' : 'packages';
}
