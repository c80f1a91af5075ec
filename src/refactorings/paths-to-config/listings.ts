import { fileUsesOf } from '../../semantics/fileUses';
import type { FoldedText } from '../../semantics/foldedText';
import type { Call } from '../../syntax/ast';
import type { Refusal } from '../../text/refusal';
import type { AnalysedProgram } from '../outcome';
import { refusalAt } from '../places';

/** Where the new file would be. */
export interface NewFilePlace {
  /** Its name without folder. */
  readonly name: string;
  /** Absolute folder with `/`, if known. */
  readonly folder: string | undefined;
  /** The last parts of the folder's path, as far as known. */
  readonly folderParts: readonly string[];
}

const RECURSIVE = new Set(['os.walk', 'os.fwalk', 'shutil.copytree', 'shutil.make_archive', 'rglob', 'walk']);
const SHELL = new Set([
  'os.system',
  'os.popen',
  'subprocess.run',
  'subprocess.call',
  'subprocess.check_output',
  'subprocess.check_call',
  'subprocess.Popen',
  'subprocess.getoutput',
]);

/**
 * Reads of folders in which the program could notice a file that was not there before.
 *
 * @param countsShown Whether a notebook's `!ls`, which shows the folder to the reader alone, counts as well.
 */
export function revealingListings(
  program: AnalysedProgram,
  place: NewFilePlace,
  { countsShown }: { readonly countsShown: boolean } = { countsShown: true },
): Refusal[] {
  const { evaluator, folder } = program.context;
  const refusals: Refusal[] = [];
  const say = (what: string): string =>
    `${what} may list the folder in which ${place.name} would be made, so the program could notice the new file (if ${place.name} is there already, this is no obstacle)`;
  for (const use of fileUsesOf(evaluator, folder)) {
    if (use.use !== 'list') continue;
    const isGlob = use.callee.startsWith('glob.');
    const pattern = ['glob', 'rglob'].includes(use.callee) ? use.call.args[0] : undefined;
    const patterns = pattern ? folder.fold(pattern, use.unit) : undefined;
    if (patterns?.every((folded) => cannotMatch(folded, place.name))) continue;
    const isRecursive = RECURSIVE.has(use.callee) || (patterns?.some(hasDoubleStar) ?? false);
    const may = use.folded.some((folded) =>
      isGlob ? globMay(folded, place) : listMay(folded, place, isRecursive),
    );
    if (may && !isFilteredByEnding(use.call, program, place.name)) {
      refusals.push(refusalAt(program.path, use.unit, use.call, say(use.callee)));
    }
  }
  for (const name of ['listdir', 'scandir', 'getcwd', 'cwd']) {
    for (const { call, unit } of evaluator.facts.callsNamed(name)) {
      const callee = evaluator.calleeOf(call, unit);
      const isListing = callee === 'os.listdir' || callee === 'os.scandir';
      if (isListing && call.args.length === 0)
        refusals.push(refusalAt(program.path, unit, call, say(callee)));
    }
  }
  refusals.push(...shellListings(program, say, countsShown));
  return refusals;
}

/** The idiom `[f for f in os.listdir(d) if f.endswith(".csv")]` shows no file with another ending. */
function isFilteredByEnding(call: Call, program: AnalysedProgram, name: string): boolean {
  for (const unit of program.facts.units) {
    for (const node of unit.summary.locate.keys()) {
      if (node.kind !== 'Comprehension') continue;
      const clause = node.clauses.find((candidate) => candidate.iter === call || wraps(candidate.iter, call));
      if (!clause || clause.target.kind !== 'Name') continue;
      const target = clause.target.id;
      return clause.conditions.some((test) => {
        if (test.kind !== 'Call' || test.func.kind !== 'Attribute' || test.func.attr !== 'endswith')
          return false;
        const receiver = test.func.value;
        const [ending] = test.args;
        const endings = ending?.kind === 'Tuple' ? ending.elements : ending ? [ending] : [];
        return (
          receiver.kind === 'Name' &&
          receiver.id === target &&
          endings.length > 0 &&
          endings.every((e) => e.kind === 'Str' && e.value !== undefined && !name.endsWith(e.value))
        );
      });
    }
  }
  return false;
}

function wraps(node: unknown, call: Call): boolean {
  const candidate = node as Call;
  return (
    candidate.kind === 'Call' &&
    candidate.func.kind === 'Name' &&
    candidate.func.id === 'sorted' &&
    candidate.args[0] === call
  );
}

/** The text behind the last stretch that is not known. */
function knownEnd(folded: FoldedText): string {
  let text = '';
  for (const segment of folded.segments) text = segment.kind === 'text' ? text + segment.value : '';
  return text;
}

function knownStart(folded: FoldedText): { text: string; isWhole: boolean } {
  let text = '';
  for (const segment of folded.segments) {
    if (segment.kind === 'hole') return { text, isWhole: false };
    text += segment.value;
  }
  return { text, isWhole: true };
}

/** A pattern whose last part is known and does not match the name shows other files only. */
function cannotMatch(folded: FoldedText, name: string): boolean {
  const end = knownEnd(folded);
  const isWhole = folded.segments.every((segment) => segment.kind === 'text');
  const last = end.slice(end.lastIndexOf('/') + 1);
  if (!isWhole && !end.includes('/') && !last.startsWith('.')) return false;
  const pattern = last
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('**', '*')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const anchor = isWhole || end.includes('/') ? '^' : '';
  return last !== '' && !last.includes('[') && !new RegExp(`${anchor}${pattern}$`).test(name);
}

function hasDoubleStar(folded: FoldedText): boolean {
  return folded.segments.some((segment) => segment.kind === 'hole' || segment.value.includes('**'));
}

function globMay(folded: FoldedText, place: NewFilePlace): boolean {
  if (cannotMatch(folded, place.name)) return false;
  const { text, isWhole } = knownStart(folded);
  const wildcard = text.search(/[*?[]/);
  const fixed = wildcard < 0 ? text : text.slice(0, wildcard);
  const folder = fixed.slice(0, fixed.lastIndexOf('/') + 1);
  if (wildcard < 0 && isWhole) return false;
  return mayBe(folder === '' ? '.' : folder, place, true);
}

function listMay(folded: FoldedText, place: NewFilePlace, isRecursive: boolean): boolean {
  const { text, isWhole } = knownStart(folded);
  if (isWhole) return mayBe(text, place, isRecursive);
  const first = text.slice(0, text.lastIndexOf('/') + 1);
  return first === '' || mayBe(first, place, true);
}

/** Whether a folder may be the new file's own, or one above it if `isAbove` counts. */
function mayBe(folder: string, place: NewFilePlace, isAbove: boolean): boolean {
  const parts = folder.split('/').filter((part) => part !== '' && part !== '.');
  if (folder.startsWith('/')) {
    if (place.folder === undefined) return true;
    if (parts.includes('..')) return true;
    const own = place.folder.split('/').filter((part) => part !== '');
    const isSameOrAbove = parts.every((part, i) => own[i] === part);
    return isSameOrAbove && (isAbove || parts.length === own.length);
  }
  if (folder.startsWith('~') || /^[A-Za-z]:/.test(folder)) return true;
  if (parts.length === 0 || parts.includes('..')) return true;
  // Relative to a current directory that nobody knows: it is the own folder only if the own folder is called so.
  const own = place.folderParts;
  return isAbove
    ? parts.every((part) => own.includes(part))
    : parts.every((part, i) => own[own.length - parts.length + i] === part);
}

function shellListings(
  program: AnalysedProgram,
  say: (what: string) => string,
  countsShown: boolean,
): Refusal[] {
  const refusals: Refusal[] = [];
  const { evaluator, folder } = program.context;
  for (const unit of program.facts.units) {
    for (const escape of unit.unit.escapes) {
      if (!countsShown && escape.binds.length === 0) continue;
      const isShell =
        escape.kind === 'shell' ||
        escape.kind === 'auto-magic' ||
        ['ls', 'sx', 'system'].includes(escape.name);
      const text = escape.kind === 'shell' ? escape.argument : `${escape.name} ${escape.argument}`;
      const script =
        escape.kind === 'cell-magic' && ['bash', 'sh', 'script', 'cmd'].includes(escape.name)
          ? escape.body
          : undefined;
      if ((isShell && listsFolder(text)) || (script !== undefined && script.split('\n').some(listsFolder))) {
        refusals.push(refusalAt(program.path, unit, unit.unit.statement, say('a shell command')));
      }
    }
    for (const { node } of unit.summary.calls) {
      const callee = evaluator.calleeOf(node, unit);
      const [command] = node.args;
      if (callee === undefined || !SHELL.has(callee) || !command) continue;
      const words = command.kind === 'List' || command.kind === 'Tuple' ? command.elements : [command];
      const text = words.map((word) => folder.fold(word, unit).map(knownEnd)[0] ?? '').join(' ');
      if (listsFolder(text)) refusals.push(refusalAt(program.path, unit, node, say('a child process')));
    }
  }
  return refusals;
}

/** Whether a command line reads the names in the current folder, as far as its words tell. */
function listsFolder(command: string): boolean {
  return command.split(/[|;&]+|\$\(/).some((part) => {
    const [name, ...words] = part.trim().split(/\s+/);
    const operands = words.filter((word) => !word.startsWith('-') && !/^[0-9]?[<>]/.test(word));
    if (name === 'git')
      return ['status', 'add', 'commit', 'stash', 'clean', 'ls-files'].includes(operands[0] ?? '');
    const isListing =
      name !== undefined &&
      ['ls', 'll', 'dir', 'tree', 'du', 'find', 'tar', 'zip', 'rsync', 'fd'].includes(name);
    const isHere = (word: string): boolean =>
      /^(\.{1,2}\/?|\*.*|\.\/\*.*|\$PWD|~.*|\/.*)$/.test(word) && !/\.[a-z0-9]+$/i.test(word);
    if (isListing) return operands.length === 0 || operands.some(isHere);
    return operands.some((word) => word === '*' || word === './*');
  });
}
