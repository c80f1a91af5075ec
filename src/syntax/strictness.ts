import { type RawNode, fieldOf, fieldsOf, hasToken, namedOf } from './raw';

/** A check of one node: gives what Python 3 rejects, if it rejects something. */
type Check = (node: RawNode, parent: RawNode | undefined, text: string) => RawNode | undefined;

/**
 * Looks for what the grammar takes and Python 3 does not (The Python Language Reference, 10 Full Grammar specification).
 *
 * @param statement A top-level statement.
 * @param text What its offsets count in.
 * @returns The first such place.
 */
export function notPython(statement: RawNode, text: string): RawNode | undefined {
  const look = (node: RawNode, parent: RawNode | undefined): RawNode | undefined => {
    // A keyword may have the type of what it begins.
    const found = node.isNamed ? CHECKS[node.type]?.(node, parent, text) : undefined;
    if (found) return found;
    for (const child of node.children) {
      const inside = look(child, node);
      if (inside) return inside;
    }
    return undefined;
  };
  return look(statement, undefined);
}

const KEYWORDS: ReadonlySet<string> = new Set([
  ...[
    'False',
    'None',
    'True',
    'and',
    'as',
    'assert',
    'async',
    'await',
    'break',
    'class',
    'continue',
    'def',
    'del',
  ],
  ...[
    'elif',
    'else',
    'except',
    'finally',
    'for',
    'from',
    'global',
    'if',
    'import',
    'in',
    'is',
    'lambda',
    'nonlocal',
  ],
  ...['not', 'or', 'pass', 'raise', 'return', 'try', 'while', 'with', 'yield'],
]);
/** Of the module `__future__`; `braces` and `barry_as_FLUFL` are jokes. */
const FEATURES: ReadonlySet<string> = new Set([
  ...['nested_scopes', 'generators', 'division', 'absolute_import', 'with_statement', 'print_function'],
  ...['unicode_literals', 'generator_stop', 'annotations'],
]);
const NUMBER =
  /^(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?0)*|[1-9](?:_?[0-9])*|(?:(?:[0-9](?:_?[0-9])*)?\.[0-9](?:_?[0-9])*|[0-9](?:_?[0-9])*\.?)(?:[eE][+-]?[0-9](?:_?[0-9])*)?[jJ]?)$/;
const YIELDS_IN: ReadonlySet<string> = new Set([
  ...[
    'expression_statement',
    'assignment',
    'augmented_assignment',
    'parenthesized_expression',
    'interpolation',
  ],
]);
const WALRUS_IN: ReadonlySet<string> = new Set([
  ...['parenthesized_expression', 'argument_list', 'list', 'tuple', 'set', 'subscript', 'decorator'],
  ...['if_statement', 'elif_clause', 'while_statement', 'match_statement', 'if_clause'],
  ...['list_comprehension', 'set_comprehension', 'generator_expression', 'interpolation'],
]);
const STARS_IN: ReadonlySet<string> = new Set([
  ...['argument_list', 'list', 'tuple', 'set', 'expression_list', 'subscript'],
  ...[
    'pattern_list',
    'tuple_pattern',
    'list_pattern',
    'parameters',
    'lambda_parameters',
    'typed_parameter',
    'type',
  ],
]);
const TARGETS: ReadonlySet<string> = new Set(['identifier', 'attribute', 'subscript']);
const GROUPS: ReadonlySet<string> = new Set(['tuple', 'list', 'parenthesized_expression', 'expression_list']);

const CHECKS: Readonly<Record<string, Check>> = {
  identifier: (node, _, text) => (KEYWORDS.has(text.slice(node.start, node.end)) ? node : undefined),
  integer: number,
  float: number,
  string,
  concatenated_string: (node, _, text) => {
    const [first, ...others] = namedOf(node).map((part) => isBytes(part, text));
    return others.every((each) => each === first) ? undefined : node;
  },
  argument_list: argumentList,
  parameters,
  lambda_parameters: parameters,
  import_statement: (node) => trailingComma(node),
  import_from_statement: (node) => trailingComma(node) ?? dottedName(node),
  future_import_statement: (node, _, text) =>
    trailingComma(node) ??
    dottedName(node) ??
    importedNames(node).find((name) => !FEATURES.has(text.slice(name.start, name.end))),
  with_clause: trailingComma,
  try_statement: tryStatement,
  delete_statement: (node) => namedOf(node).flatMap(notTargets)[0],
  as_pattern_target: (node, parent) => {
    const isName = parent?.type === 'as_pattern' && namedOf(node).every(({ type }) => type === 'identifier');
    return isName ? undefined : namedOf(node).flatMap(notTargets)[0];
  },
  augmented_assignment: (node) => {
    const left = fieldOf(node, 'left');
    return left && ['pattern_list', 'list_pattern', 'tuple_pattern'].includes(left.type) && !isGrouped(left)
      ? left
      : undefined;
  },
  assignment: (node) => {
    const left = fieldOf(node, 'left');
    const isSeveral =
      left && ['pattern_list', 'list_pattern', 'tuple_pattern'].includes(left.type) && !isGrouped(left);
    return fieldOf(node, 'type') && isSeveral ? left : undefined;
  },
  constrained_type: (node, parent) => (parent?.field === null ? undefined : node),
  yield: (node, parent) => (parent && !YIELDS_IN.has(parent.type) ? node : undefined),
  named_expression: (node, parent) => (parent && !WALRUS_IN.has(parent.type) ? node : undefined),
  list_splat: star,
  list_splat_pattern: star,
  dictionary_splat: (node, parent) =>
    parent?.type === 'argument_list' || parent?.type === 'dictionary' ? undefined : node,
  tuple: (node) => {
    const [first] = namedOf(node);
    return first?.type === 'list_splat' && !hasToken(node, ',') ? first : undefined;
  },
  type_conversion: (node, _, text) => (/^![rsa]$/.test(text.slice(node.start, node.end)) ? undefined : node),
};

function star(node: RawNode, parent: RawNode | undefined): RawNode | undefined {
  if (!parent || STARS_IN.has(parent.type)) return undefined;
  return parent.type === 'expression_statement' && hasToken(parent, ',') ? undefined : node;
}

function number(node: RawNode, _: RawNode | undefined, text: string): RawNode | undefined {
  const literal = text.slice(node.start, node.end);
  // Octal and long literals of Python 2 have a message of their own.
  return NUMBER.test(literal) || /^0[0-9]|[lL]$/.test(literal) ? undefined : node;
}

function prefixOf(string: RawNode, text: string): string {
  const start = string.children[0] ?? string;
  return /^[A-Za-z]*/.exec(text.slice(start.start, start.end))![0].toLowerCase();
}

function isBytes(string: RawNode, text: string): boolean {
  return prefixOf(string, text).includes('b');
}

function string(node: RawNode, _: RawNode | undefined, text: string): RawNode | undefined {
  const start = node.children.find(({ type }) => type === 'string_start');
  // What Python 2 ran as `repr(x)`.
  if (start && text[start.end - 1] === '`') return node;
  const prefix = prefixOf(node, text);
  const isRaw = prefix.includes('r');
  const hasBytes = prefix.includes('b');
  const wrong = hasBytes
    ? /\\x(?![0-9a-fA-F]{2})/
    : /\\(?:x(?![0-9a-fA-F]{2})|u(?![0-9a-fA-F]{4})|U(?!00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4})|N(?!\{[^}]+\}))/;
  return node.children.find((part) => {
    if (part.type !== 'string_content') return false;
    const content = text.slice(part.start, part.end);
    if (hasBytes && /[^\0-\x7f]/.test(content)) return true;
    return !isRaw && content.includes('\\') && wrong.test(content.replace(/\\\\/g, '  '));
  });
}

function argumentList(node: RawNode, _: RawNode | undefined, text: string): RawNode | undefined {
  const keywords = new Set<string>();
  let hasMapping = false;
  let isAfterComma = true;
  for (const child of node.children) {
    const { type, isNamed } = child;
    if (type === ',') {
      if (isAfterComma) return child;
      isAfterComma = true;
    }
    if (!isNamed) continue;
    isAfterComma = false;
    if (type === 'keyword_argument') {
      const name = child.children[0]!;
      const known = keywords.size;
      if (keywords.add(text.slice(name.start, name.end)).size === known) return child;
    } else if (type === 'dictionary_splat') hasMapping = true;
    else if (hasMapping || (keywords.size > 0 && type !== 'list_splat')) return child;
  }
  return undefined;
}

function parameters(node: RawNode): RawNode | undefined {
  let hasDefault = false;
  let hasStar = false;
  let isBare = false;
  let hasMapping = false;
  let hasSlash = false;
  const all = namedOf(node);
  if (node.children.find(({ type }) => type !== '(')?.type === ',') return node;
  for (const [i, child] of all.entries()) {
    // An annotation is around what it annotates.
    const { type } = child.type === 'typed_parameter' ? (namedOf(child)[0] ?? child) : child;
    if (hasMapping) return child;
    if (type === 'dictionary_splat_pattern') {
      if (isBare) return child;
      hasMapping = true;
    } else if (type === 'list_splat_pattern' || type === 'keyword_separator') {
      if (hasStar) return child;
      hasStar = true;
      isBare = type === 'keyword_separator';
      if (isBare && i === all.length - 1) return child;
      continue;
    } else if (type === 'positional_separator') {
      if (i === 0 || hasSlash || hasStar) return child;
      hasSlash = true;
    } else if (type === 'default_parameter' || type === 'typed_default_parameter') hasDefault = true;
    else if (hasDefault && !hasStar) return child;
    isBare = false;
  }
  return undefined;
}

function trailingComma(node: RawNode): RawNode | undefined {
  const last = node.children.at(-1);
  return last?.type === ',' ? last : undefined;
}

/** `from a import b.c` */
function dottedName(node: RawNode): RawNode | undefined {
  return importedNames(node).find((name) => namedOf(name).length > 1);
}

function importedNames(node: RawNode): readonly RawNode[] {
  return fieldsOf(node, 'name').map((name) =>
    name.type === 'aliased_import' ? (fieldOf(name, 'name') ?? name) : name,
  );
}

function tryStatement(node: RawNode): RawNode | undefined {
  const handlers = node.children.filter(({ type }) => type.startsWith('except'));
  if (handlers.length === 0) {
    const isClosed = hasToken(node, 'finally_clause') && !hasToken(node, 'else_clause');
    return isClosed ? undefined : node;
  }
  const catchesAll = (handler: RawNode): boolean =>
    namedOf(handler).every(({ type }) => type === 'block' || type === 'comment');
  const isGroup = (handler: RawNode): boolean =>
    handler.type === 'except_group_clause' || hasToken(handler, 'except*') || hasToken(handler, '*');
  return (
    handlers.slice(0, -1).find(catchesAll) ??
    handlers.find(
      (handler) => isGroup(handler) !== isGroup(handlers[0]!) || (isGroup(handler) && catchesAll(handler)),
    )
  );
}

/** What of an expression cannot be bound or deleted. */
function notTargets(node: RawNode): readonly RawNode[] {
  if (TARGETS.has(node.type)) return [];
  if (node.type === 'list_splat') return namedOf(node).flatMap(notTargets);
  return GROUPS.has(node.type) ? namedOf(node).flatMap(notTargets) : [node];
}

/** One target in parentheses. */
function isGrouped(node: RawNode): boolean {
  return node.type === 'tuple_pattern' && namedOf(node).length === 1 && !hasToken(node, ',');
}
