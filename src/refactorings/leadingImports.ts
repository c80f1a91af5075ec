import { STANDARD_MODULES } from '../knowledge/standardModules';
import type { CodeCell, FactUnit, ProgramFacts } from '../semantics/facts';
import { cellName, isIsolated } from '../semantics/facts';
import type { Statement } from '../syntax/ast';
import type { Escape } from '../program/program';
import type { TextEdit } from '../text/edit';
import { isIndented } from './indentedCell';
import { lineBreakOf } from './places';

/**
 * The statements with which a program begins and that only prepare it: docstring, imports, and what has to stand
 * between imports (`sys.path.insert`, `matplotlib.use`, `%matplotlib inline`). New imports go among them, new
 * statements that all others may rely on right behind them.
 */
export interface LeadingImports {
  readonly cell: CodeCell;
  /** In order; empty if the first statement is none of the kind. */
  readonly units: readonly FactUnit[];
  /** Offset in the cell's source where a line can be put that runs right after them. */
  readonly end: number;
  /** Statements up to this position, exclusive, run before that line. */
  readonly endOrder: number;
}

/** Escapes that neither bind names nor change the working directory. */
const HARMLESS_MAGICS = new Set(
  'matplotlib load_ext reload_ext autoreload config precision pip conda time'.split(' '),
);

/** @returns Undefined if there is no cell with a statement, or the reason why none can be used. */
export function leadingImports(
  facts: ProgramFacts,
  isUsed: (unit: FactUnit) => boolean,
): LeadingImports | string {
  for (const cell of facts.cells) {
    const name = cellName(cell, cell.syntax.problem?.offset ?? cell.cell.span.start);
    if (cell.syntax.problem) return `${name} is ${cell.syntax.problem.message}`;
    const units = facts.units.filter((unit) => unit.cell === cell);
    const first = units.find((unit) => !isOnlyEscape(unit));
    if (!first || isIsolated(first)) {
      const disturbing = cell.cell.escapes.find((escape) => !isHarmless(escape));
      if (disturbing) return `${describe(disturbing)} in ${name} runs before anything could be loaded`;
      continue;
    }
    // A first line that is not further in would leave the others as they are.
    if (units.some(isIndented)) return `${name} is indented as a whole`;
    return leadingUnits(cell, units, isUsed);
  }
  return 'there is no Python statement';
}

function describe(escape: Escape): string {
  if (escape.kind === 'shell') return 'a shell line';
  return `${escape.kind === 'cell-magic' ? '%%' : '%'}${escape.name}`;
}

function isOnlyEscape({ unit }: FactUnit): boolean {
  const { statement } = unit;
  return statement.kind === 'Expr' && statement.value.kind === 'Escape';
}

/** A foreign cell or a shell line runs in a process of its own; a magic may do anything unless it is known. */
function isHarmless(escape: Escape): boolean {
  if (escape.bindsUnknown) return false;
  if (escape.kind === 'shell' || escape.kind === 'help') return true;
  if (escape.kind === 'cell-magic') return true;
  return HARMLESS_MAGICS.has(escape.name);
}

function leadingUnits(
  cell: CodeCell,
  units: readonly FactUnit[],
  isUsed: (unit: FactUnit) => boolean,
): LeadingImports {
  const { source } = cell.cell;
  let count = 0;
  for (const [i, unit] of units.entries()) {
    const { statement } = unit.unit;
    const isDocstring = i === 0 && statement.kind === 'Expr' && statement.value.kind === 'Str';
    if (isUsed(unit) || !(isDocstring || isImport(statement) || isPrelude(unit))) break;
    const lineEnd = endOfLine(source, unit);
    const next = units[i + 1];
    const isWholeLine = !next || next.start >= lineEnd;
    if (isWholeLine && (isDocstring || isImport(statement))) count = i + 1;
  }
  const last = units[count - 1];
  const leading = units.slice(0, count);
  if (last) return { cell, units: leading, end: endOfLine(source, last), endOrder: last.order + 1 };
  // A cell magic has to stay on the first line.
  const first =
    units.find((unit) => !unit.unit.escapes.some(({ kind }) => kind === 'cell-magic')) ?? units[0]!;
  return { cell, units: [], end: startOfBlock(cell, first), endOrder: first.order };
}

function isImport(statement: Statement): boolean {
  return statement.kind === 'Import' || statement.kind === 'ImportFrom';
}

/** What may stand between imports: linters allow it there, and it neither binds our names nor changes the folder. */
function isPrelude(unit: FactUnit): boolean {
  const { statement, escapes } = unit.unit;
  if (escapes.length > 0) return isOnlyEscape(unit) && escapes.every(isHarmless);
  if (statement.kind === 'If') return [...statement.body, ...statement.orelse].every(isImportOrPass);
  if (statement.kind === 'Try') {
    const blocks = [
      statement.body,
      statement.orelse,
      statement.finalbody,
      ...statement.handlers.map((h) => h.body),
    ];
    return blocks.flat().every(isImportOrPass);
  }
  const text = unit.unit.text;
  return /^(sys\.path\.(append|insert)\(|warnings\.(filterwarnings|simplefilter)\(|matplotlib\.use\(|mpl\.use\(|os\.environ\[)/.test(
    text,
  );
}

function isImportOrPass(statement: Statement): boolean {
  return (
    isImport(statement) ||
    statement.kind === 'Pass' ||
    (statement.kind === 'Assign' && statement.value.kind === 'Constant')
  );
}

/** Behind the line break that ends a statement's last line; the text's length if there is none. */
function endOfLine(source: string, unit: FactUnit): number {
  const from = unit.start + unit.unit.text.length;
  const match = /\r\n|\n|\r/.exec(source.slice(from));
  return match ? from + match.index + match[0].length : source.length;
}

/** The start of the comment lines right above a statement, below a shebang, encoding cookie and cell magic. */
function startOfBlock(cell: CodeCell, unit: FactUnit): number {
  const { source } = cell.cell;
  let line = cell.lines.positionAt(unit.start).line;
  const { start } = cell.cell.span;
  const textOf = (at: number): string => source.slice(cell.lines.lineStart(at), cell.lines.lineStart(at + 1));
  const isMovable = (at: number): boolean => /^\s*#(?!!)(?!.*coding[:=])(?!\s*%%)/.test(textOf(at));
  while (line > 0 && cell.lines.lineStart(line) > start && isMovable(line - 1)) line--;
  return Math.max(start, cell.lines.lineStart(line));
}

/** An import that new code needs. */
export interface NeededImport {
  readonly module: string;
  /** `from module import name`; undefined: `import module`. */
  readonly name: string | undefined;
}

/** Edits that add imports where isort's order wants them, and the statement behind the imports. */
export function insertAfterImports(
  leading: LeadingImports,
  needed: readonly NeededImport[],
  statement: string,
): TextEdit[] {
  const { edits, atEnd } = importEdits(leading, needed);
  const newline = lineBreakOf(leading.cell.cell.source);
  const isBroken = edits.some(({ span }) => span.start === leading.end);
  edits.push(insertStatement(leading, atEnd, statement, newline, isBroken));
  return edits;
}

/** Edits that add imports where isort's order wants them. */
export function insertImports(leading: LeadingImports, needed: readonly NeededImport[]): TextEdit[] {
  const { edits, atEnd } = importEdits(leading, needed);
  const { source, index } = leading.cell.cell;
  const newline = lineBreakOf(source);
  if (atEnd.length > 0) return [...edits, insertStatement(leading, [], atEnd.join('\n'), newline, false)];
  const last = edits.at(-1);
  // A cell's last line has no break, as notebooks keep it.
  if (index === null || last?.span.start !== source.length) return edits;
  return [...edits.slice(0, -1), { ...last, newText: last.newText.slice(0, -newline.length) }];
}

/** Edits for imports that go beside others, and lines for those that there is no place for among imports. */
function importEdits(
  leading: LeadingImports,
  needed: readonly NeededImport[],
): { readonly edits: TextEdit[]; readonly atEnd: readonly string[] } {
  const { source } = leading.cell.cell;
  const newline = lineBreakOf(source);
  const imports = leading.units.filter((unit) => isImport(unit.unit.statement));
  const edits: TextEdit[] = [];
  const atEnd: string[] = [];
  const sorted = [...needed].sort((a, b) => compare(keyOfNeeded(a), keyOfNeeded(b)));
  for (const need of sorted) {
    const key = keyOfNeeded(need);
    const line =
      need.name === undefined ? `import ${need.module}` : `from ${need.module} import ${need.name}`;
    const before = imports.filter((unit) => compare(keyOfUnit(unit), key) <= 0).at(-1);
    const next = imports[before ? imports.indexOf(before) + 1 : 0];
    if (!before && !next) {
      const isNewSection = atEnd.length > 0;
      atEnd.push(...(isNewSection ? ['', line] : [line]));
      continue;
    }
    // Behind another section it begins its own, which may be there already.
    const isFirst = before !== undefined && keyOfUnit(before).section !== key.section;
    const isAhead = !before || (isFirst && next !== undefined && keyOfUnit(next).section === key.section);
    const at = isAhead ? next!.start : endOfLine(source, before);
    // The first line put behind a text without a final break has to end that text's last line.
    const needsBreak =
      at === source.length && !/[\r\n]$/.test(source) && !edits.some((edit) => edit.span.start === at);
    let text = `${line}${newline}`;
    if (isFirst && !isAhead) text = newline + text;
    if (next && keyOfUnit(next).section !== key.section && !startsWithBlank(source, at)) text += newline;
    edits.push({ span: { start: at, end: at }, newText: (needsBreak ? newline : '') + text });
  }
  return { edits, atEnd };
}

function insertStatement(
  leading: LeadingImports,
  imports: readonly string[],
  statement: string,
  newline: string,
  /** An edit at the same place has ended the text's last line. */
  isBroken: boolean,
): TextEdit {
  const { source } = leading.cell.cell;
  const at = leading.end;
  const hasBreak = at === 0 || /[\r\n]$/.test(source.slice(0, at)) || isBroken;
  const lines: string[] = [];
  if (leading.units.length > 0) lines.push('');
  if (imports.length > 0) lines.push(...imports, '');
  lines.push(...statement.split('\n'));
  const rest = source.slice(at);
  if (rest.trim() !== '' && !startsWithBlank(source, at)) lines.push('');
  const text = lines.map((line) => line + newline).join('');
  // A cell's last line has no break, as notebooks keep it.
  const isLast = rest === '' && leading.cell.cell.index !== null;
  return {
    span: { start: at, end: at },
    newText: (hasBreak ? '' : newline) + (isLast ? text.slice(0, -newline.length) : text),
  };
}

function startsWithBlank(source: string, at: number): boolean {
  return /^[ \t\f]*(\r|\n|$)/.test(source.slice(at, at + 200));
}

interface ImportKey {
  readonly section: number;
  readonly isFrom: boolean;
  readonly module: string;
}

/** isort's default: sections `__future__`, standard library, third party, own; in each `import` before `from`. */
function compare(a: ImportKey, b: ImportKey): number {
  if (a.section !== b.section) return a.section - b.section;
  if (a.isFrom !== b.isFrom) return a.isFrom ? 1 : -1;
  return a.module < b.module ? -1 : a.module > b.module ? 1 : 0;
}

function keyOfNeeded(need: NeededImport): ImportKey {
  return { section: sectionOf(need.module, 0), isFrom: need.name !== undefined, module: need.module };
}

function keyOfUnit(unit: FactUnit): ImportKey {
  const { statement } = unit.unit;
  if (statement.kind === 'ImportFrom') {
    return { section: sectionOf(statement.module, statement.level), isFrom: true, module: statement.module };
  }
  const module = statement.kind === 'Import' ? (statement.names[0]?.name ?? '') : '';
  return { section: sectionOf(module, 0), isFrom: false, module };
}

function sectionOf(module: string, level: number): number {
  if (level > 0) return 3;
  const top = module.split('.')[0] ?? module;
  if (top === '__future__') return 0;
  return STANDARD_MODULES.has(top) ? 1 : 2;
}
