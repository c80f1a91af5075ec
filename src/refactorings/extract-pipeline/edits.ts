import type { FactUnit } from '../../semantics/facts';
import type { FunctionDef, Statement } from '../../syntax/ast';
import { parentsOf } from '../../semantics/parents';
import type { TextEdit } from '../../text/edit';
import { debugHoles, debugText } from './debugText';
import { readsBuiltin } from './names';

/** Edits by which a moved statement reads and binds attributes of the pipeline instead of the module's names. */
export function attributeEdits(
  unit: FactUnit,
  attributes: ReadonlySet<string>,
  receiver: string,
): readonly TextEdit[] {
  const edits = new Map<number, TextEdit>();
  const put = (start: number, end: number, newText: string): void => {
    edits.set(start, { span: { start: unit.start + start, end: unit.start + end }, newText });
  };
  for (const reference of unit.summary.freeReferences) {
    const { name, node } = reference;
    if (!attributes.has(name) || readsBuiltin({ reference, unit })) continue;
    put(node.start, node.end, `${receiver}.${name}`);
  }
  for (const { name, start, end, source } of unit.summary.moduleBindings) {
    if (!attributes.has(name)) continue;
    // A definition or an import keeps its name and is stored behind itself.
    if (['function', 'class', 'import', 'from-import'].includes(source.type)) continue;
    put(start, end, `${receiver}.${name}`);
  }
  return [...edits.values(), ...declarationEdits(unit, attributes), ...debugEdits(unit, [...edits.keys()])];
}

/** `x: int = 1` cannot bind a variable of the module within a function: the annotation goes. */
export function annotationEdits(unit: FactUnit, shared: ReadonlySet<string>): readonly TextEdit[] {
  return unit.summary.statements.flatMap(({ node, at }) => {
    if (node.kind !== 'AnnAssign' || node.target.kind !== 'Name' || at.scope.parent !== undefined) return [];
    if (!shared.has(node.target.id)) return [];
    const colon = unit.unit.text.indexOf(':', node.target.end);
    const start = unit.unit.text.slice(node.target.end, colon).trim() === '' ? node.target.end : colon;
    return [{ span: { start: unit.start + start, end: unit.start + node.annotation.end }, newText: '' }];
  });
}

/** Writes the text of `{x=}` out where x gets another name. */
function debugEdits(unit: FactUnit, renamed: readonly number[]): readonly TextEdit[] {
  return debugHoles(unit).flatMap((hole) => {
    const isRenamed = renamed.some((start) => hole.start <= start && start < hole.end);
    const written = isRenamed ? debugText(hole, unit) : undefined;
    if (!written) return [];
    const at = unit.start + hole.start;
    const { start, end } = written.sign;
    return [
      { span: { start: at, end: at }, newText: written.text },
      { span: { start: unit.start + start, end: unit.start + end }, newText: written.conversion },
    ];
  });
}

/** `global x` goes where x is no longer the module's. */
function declarationEdits(unit: FactUnit, attributes: ReadonlySet<string>): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (const { node } of unit.summary.statements) {
    if (node.kind !== 'Global') continue;
    const left = node.names.filter((name) => !attributes.has(name));
    if (left.length === node.names.length) continue;
    const span = { start: unit.start + node.start, end: unit.start + node.end };
    if (left.length > 0) edits.push({ span, newText: `global ${left.join(', ')}` });
    else edits.push(isAlone(node, unit) ? { span, newText: 'pass' } : withoutLine(span, unit));
  }
  return edits;
}

/** Whether a block would be empty without a statement, or the statement shares its line with others. */
function isAlone(node: Statement, unit: FactUnit): boolean {
  const parent = parentsOf(unit.unit).get(node);
  const body = (parent as FunctionDef | undefined)?.body;
  if (!Array.isArray(body) || body.length < 2 || !body.includes(node)) return true;
  const others = (body as readonly Statement[]).filter((other) => other !== node);
  const isOnlyDocstring = others.every((other) => other.kind === 'Expr' && other.value.kind === 'Str');
  const text = unit.unit.text;
  const before = text.slice(text.lastIndexOf('\n', node.start - 1) + 1, node.start);
  const after = /^[^\n]*/.exec(text.slice(node.end))![0];
  return isOnlyDocstring || before.trim() !== '' || after.trim() !== '';
}

/** The span with its whole line, line break included. */
function withoutLine(span: TextEdit['span'], unit: FactUnit): TextEdit {
  const text = unit.cell.cell.source;
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const lineEnd = text.indexOf('\n', span.end);
  return { span: { start, end: lineEnd < 0 ? text.length : lineEnd + 1 }, newText: '' };
}

/** Makes a function's text that of a method. */
export function methodEdit(unit: FactUnit, node: FunctionDef, receiver: string): TextEdit {
  const { text } = unit.unit;
  const open = text.indexOf('(', node.nameStart + node.name.length) + 1;
  const isEmpty = node.params.length === 0 && /^\s*\)/.test(text.slice(open));
  const at = unit.start + open;
  return { span: { start: at, end: at }, newText: isEmpty ? receiver : `${receiver}, ` };
}

/**
 * Edits that move the lines of a region to the right. Lines within strings stay as they are, their text is a value;
 * empty lines stay empty.
 *
 * @param region Offsets in the cell's source; starts at the beginning of a line.
 */
export function indentEdits(
  source: string,
  region: { readonly start: number; readonly end: number },
  strings: readonly { readonly start: number; readonly end: number }[],
  indent: string,
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let at = region.start;
  while (at < region.end) {
    const rest = /^[^\r\n]*(?:\r\n|\n|\r|$)/.exec(source.slice(at, region.end))![0];
    const isInString = strings.some(({ start, end }) => start < at && at < end);
    const isLineStart = at === 0 || /[\r\n]/.test(source[at - 1]!);
    if (!isInString && isLineStart && rest.trim() !== '') {
      // Python counts the indent from the last form feed in front of the code.
      const from = at + /^(?:[ \t]*\f)*/.exec(rest)![0].length;
      edits.push({ span: { start: from, end: from }, newText: indent });
    }
    if (rest.length === 0) break;
    at += rest.length;
  }
  return edits;
}

/** The spans of all strings of a statement, in its cell's source. */
export function stringSpans(unit: FactUnit): readonly { readonly start: number; readonly end: number }[] {
  const spans: { start: number; end: number }[] = [];
  for (const node of unit.summary.locate.keys()) {
    if (node.kind !== 'Str') continue;
    for (const token of node.tokens) {
      spans.push({ start: unit.start + token.start, end: unit.start + token.end });
    }
  }
  return spans;
}

/**
 * Stores definitions and imports of a moved statement as attributes, each in a line of its own behind it.
 *
 * @param indent What the statement's lines are moved by.
 */
export function storeEdits(
  unit: FactUnit,
  attributes: ReadonlySet<string>,
  receiver: string,
  indent: string,
): readonly TextEdit[] {
  const source = unit.cell.cell.source;
  const lines = new Map<number, string>();
  for (const { name, source: from, scope, statement } of unit.summary.moduleBindings) {
    const isStored =
      ['function', 'class', 'import', 'from-import'].includes(from.type) && scope.parent === undefined;
    if (!isStored || !attributes.has(name)) continue;
    const start = unit.start + statement.start;
    const end = unit.start + statement.end;
    const own = /^[ \t]*/.exec(source.slice(source.lastIndexOf('\n', start - 1) + 1))![0];
    const after = /^[^\r\n]*(\r\n|\n|\r|$)/.exec(source.slice(end))!;
    if (/[^\s;]/.test(after[0].replace(/#.*/, ''))) {
      // Something else stands on the line, which may need the name already.
      lines.set(end, `${lines.get(end) ?? ''}; ${receiver}.${name} = ${name}`);
      continue;
    }
    const at = end + after[0].length;
    const before = after[1] === '' ? '\n' : '';
    lines.set(at, `${lines.get(at) ?? ''}${before}${indent}${own}${receiver}.${name} = ${name}\n`);
  }
  return [...lines].map(([at, newText]) => ({ span: { start: at, end: at }, newText }));
}
