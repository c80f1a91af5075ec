import type { FactUnit } from '../../semantics/facts';
import type { Evaluator } from '../../semantics/values';
import type { Call, Expression, Keyword, NodeBase } from '../../syntax/ast';
import type { TextEdit } from '../../text/edit';
import { type MessagePart, messagePart } from './literals';
import { plainKind } from './plainValues';

/** Keywords of `print` that a log message has no use for. */
const PRINT_KEYWORDS: ReadonlySet<string> = new Set(['sep', 'end', 'flush', 'file']);

/**
 * Edits that turn a `print` into a call of a logger's method with the same text.
 *
 * @param method What is called: `logger.info`.
 * @returns Edits whose offsets count in the cell, or why the text would not be the same.
 */
export function logCallEdits(
  call: Call,
  unit: FactUnit,
  method: string,
  evaluator: Evaluator,
): readonly TextEdit[] | string {
  const reason = whyNotLogged(call, unit);
  if (reason !== undefined) return reason;
  const edits = new LogCall(call, unit, evaluator).edits(method);
  if (typeof edits === 'string') return edits;
  return edits.map(({ span, newText }) => ({
    span: { start: span.start + unit.start, end: span.end + unit.start },
    newText,
  }));
}

/** Why a print's text cannot be a log message. */
function whyNotLogged(call: Call, unit: FactUnit): string | undefined {
  if (call.args.some(({ kind }) => kind === 'Starred')) return 'The number of printed values is not known';
  for (const { name, value } of call.keywords) {
    if (name === undefined) return 'The print takes options that are not known';
    if (!PRINT_KEYWORDS.has(name)) return `print has no ${name}`;
    if (name === 'end' && !isNone(value) && !(value.kind === 'Str' && value.value === '\n'))
      return 'The print does not end its line, so that it is a part of a line only';
    if (name === 'flush' && value.kind !== 'Constant') return 'Whether the print flushes is computed';
    if (name === 'sep' && separatorText(value) === undefined)
      return 'What stands between the values is computed';
  }
  if (call.func.kind !== 'Name' || unit.unit.text[call.func.end] === undefined)
    return 'The print was not found';
  return undefined;
}

function isNone(node: Expression): boolean {
  return node.kind === 'Constant' && node.value === null;
}

/** A separator as it stands in a literal with double quotes. */
function separatorText(value: Expression | undefined): string | undefined {
  if (!value || isNone(value)) return ' ';
  if (value.kind !== 'Str' || value.value === undefined) return undefined;
  if (/["'\\]|[^\n\t -\u{10ffff}]/u.test(value.value)) return undefined;
  return value.value.replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

class LogCall {
  readonly #edits: TextEdit[] = [];
  readonly #text: string;
  readonly #separator: string;
  readonly #parts: readonly (MessagePart | undefined)[];

  constructor(
    private readonly call: Call,
    private readonly unit: FactUnit,
    private readonly evaluator: Evaluator,
  ) {
    this.#text = unit.unit.text;
    this.#separator = separatorText(call.keywords.find(({ name }) => name === 'sep')?.value) ?? ' ';
    const isFormatHidden = this.#isFormatHidden();
    this.#parts = call.args.map((argument) => messagePart(argument, unit, evaluator, isFormatHidden));
  }

  edits(method: string): readonly TextEdit[] | string {
    const { func, args } = this.call;
    this.#replace(func.start, func.end, method);
    const isSimple = this.#isSimple();
    const reason = this.#dropKeywords(isSimple);
    if (reason !== undefined) return reason;
    const [first] = args;
    if (args.length === 1 && first?.kind === 'Str' && isConstant(first)) return this.#edits;
    if (args.length === 1 && first && isSimple && this.#spreadFormat(first)) return this.#edits;
    const isRaw = this.#parts[0]?.tokens.at(-1)?.token.prefix.includes('r') === true;
    if (isSimple && !(isRaw && this.#separator.includes('\\'))) this.#merge();
    else this.#putFormatInFront();
    return this.#edits;
  }

  /** `format` is something else here. */
  #isFormatHidden(): boolean {
    const scope = this.unit.summary.locate.get(this.call)?.scope;
    if (!scope) return true;
    const isBoundInside = scope.ownerOf('format').parent !== undefined;
    return isBoundInside || this.unit.facts.moduleBindings('format').length > 0;
  }

  /** No comment within the parentheses, and none around an argument: then arguments can be moved. */
  #isSimple(): boolean {
    const { call } = this;
    const hasComment = this.unit.unit.comments.some(
      ({ start, end }) => call.start <= start && end <= call.end,
    );
    if (hasComment) return false;
    const nodes = this.#arguments();
    return nodes.every((node, i) => {
      const from = i === 0 ? call.func.end : nodes[i - 1]!.end;
      const between = this.#text.slice(from, node.start);
      return i === 0 ? /^\s*\(\s*$/.test(between) : /^\s*,\s*$/.test(between);
    });
  }

  #arguments(): readonly NodeBase[] {
    return [...this.call.args, ...this.call.keywords].sort((a, b) => a.start - b.start);
  }

  /** @returns Why one cannot be dropped. */
  #dropKeywords(isSimple: boolean): string | undefined {
    for (const keyword of this.call.keywords) {
      const nodes = this.#arguments();
      const before = nodes[nodes.indexOf(keyword) - 1];
      if (isSimple && before) this.#replace(before.end, keyword.end, '');
      else {
        const reason = this.#dropWithComma(keyword);
        if (reason !== undefined) return reason;
      }
    }
    return undefined;
  }

  #dropWithComma(keyword: Keyword): string | undefined {
    const rest = this.#text.slice(keyword.end, this.call.close);
    const comma = /^\s*,/.exec(rest)?.[0];
    if (comma === undefined && rest.trim() !== '') return 'A comment stands between the options of the print';
    this.#replace(keyword.start, keyword.end + (comma?.length ?? 0), '');
    return undefined;
  }

  /** `print("%s of %s" % (a, b))`: the message and its values are there already. */
  #spreadFormat(node: Expression): boolean {
    if (node.kind !== 'BinOp' || node.op !== '%' || node.left.kind !== 'Str' || !isConstant(node.left))
      return false;
    const { left, right } = node;
    const between = this.#text.slice(left.end, right.start);
    if (!/^\s*%\s*$/.test(between)) return false;
    if (right.kind !== 'Tuple') {
      if (plainKind(right, this.unit, this.evaluator) === undefined) return false;
      this.#replace(left.end, right.start, ', ');
      return true;
    }
    const [head, last] = [right.elements[0], right.elements.at(-1)];
    const isPlain = head && last && head !== last && right.elements.every(({ kind }) => kind !== 'Starred');
    if (!isPlain || !/^\(\s*$/.test(this.#text.slice(right.start, head.start))) return false;
    if (!/^\s*,?\s*\)$/.test(this.#text.slice(last.end, right.end))) return false;
    this.#replace(left.end, head.start, ', ');
    this.#replace(last.end, right.end, '');
    return true;
  }

  /** `logger.info("%s %s", ...)` with the arguments as they stand. */
  #putFormatInFront(): void {
    const { func, args } = this.call;
    const opening = /^\s*\(/.exec(this.#text.slice(func.end))?.[0].length ?? 1;
    const at = func.end + opening;
    const blank = /^\s/.test(this.#text.slice(at)) ? '' : ' ';
    this.#insert(at, `"${args.map(() => '%s').join(this.#separator.replaceAll('%', '%%'))}",${blank}`);
  }

  /** Makes one message of the literals, with the values behind it. */
  #merge(): void {
    const { args } = this.call;
    const host = this.#parts[0];
    const merged = args.map((_, i) => (i === 0 ? host : this.#isAppendable(i) ? this.#parts[i] : undefined));
    const hasValues = merged.some((part) => !part || part.values.length > 0);
    const body = (part: MessagePart): string =>
      part.tokens
        .flatMap(({ pieces }) => pieces)
        .map((piece) => (piece.isPlaceholder ? piece.body : percent(piece.body, hasValues)))
        .join('');
    const separator = percent(this.#separator, hasValues);
    const rest = merged.slice(1).map((part) => separator + (part ? body(part) : '%s'));
    if (host) this.#editHost(host, rest.join(''), hasValues);
    else this.#insert(args[0]!.start, `"%s${rest.join('')}", `);
    merged.forEach((part, i) => {
      if (!part) return;
      const values = part.values.join(', ');
      if (i === 0) this.#insert(args[0]!.end, values === '' ? '' : `, ${values}`);
      else if (values === '') this.#replace(args[i - 1]!.end, args[i]!.end, '');
      else this.#replace(args[i]!.start, args[i]!.end, values);
    });
  }

  /** Whether a literal's text can be put into the message's literal as it stands. */
  #isAppendable(index: number): boolean {
    const part = this.#parts[index];
    if (!part) return false;
    const hostToken = this.#parts[0]?.tokens.at(-1)?.token;
    const quote = hostToken?.quote ?? '"';
    return part.tokens.every(({ token, pieces }) => {
      if (token.prefix.includes('r') || hostToken?.prefix.includes('r')) return false;
      if (token.quote.length > 1 || quote.length > 1) return false;
      return token.quote === quote || pieces.every(({ body }) => !/["'\\]/.test(body));
    });
  }

  /** Turns the first argument's literals, where they stand, into the message. */
  #editHost(host: MessagePart, appended: string, hasValues: boolean): void {
    for (const { token, pieces } of host.tokens) {
      if (token.prefix.includes('f')) {
        const at = token.start + this.#text.slice(token.start, token.end).search(/f/i);
        this.#replace(at, at + 1, '');
      }
      for (const piece of pieces) {
        const body = piece.isPlaceholder ? piece.body : percent(piece.body, hasValues);
        if (body !== piece.before) this.#replace(piece.start, piece.end, body);
      }
    }
    const last = host.tokens.at(-1)!.token;
    this.#insert(last.end - last.quote.length, appended);
  }

  #replace(start: number, end: number, newText: string): void {
    this.#edits.push({ span: { start, end }, newText });
  }

  #insert(at: number, newText: string): void {
    if (newText !== '') this.#replace(at, at, newText);
  }
}

/** A literal without holes, whatever its prefix. */
function isConstant(node: Expression & { kind: 'Str' }): boolean {
  return !node.isBytes && node.tokens.every(({ pieces }) => pieces.every(({ kind }) => kind === 'text'));
}

/** A per cent sign is doubled where the message takes values. */
function percent(body: string, hasValues: boolean): string {
  return hasValues ? body.replaceAll('%', '%%') : body;
}
