// The layering of src/, held by the linter: a file imports only its own layer and lower ones, and below the two
// adapters and what they share nothing touches VS Code, the disk, the clock or chance, so that the engine gives the same
// answer everywhere and can be tested without any of them.
import { isBuiltin } from 'node:module';
import path from 'node:path';

/** From top to bottom; two names in one row are siblings, which must not import each other. */
export const LAYERS = [
  ['extension.ts', 'cli.ts', 'worker.ts'],
  ['vscode', 'cli'],
  // What both adapters look up on the disk.
  ['machine'],
  ['actions'],
  ['readiness'],
  ['mlops'],
  ['scaffold'],
  ['packaging'],
  ['refactorings'],
  ['plan'],
  ['settings'],
  ['rules'],
  ['config'],
  ['verify'],
  ['stages'],
  ['semantics'],
  ['knowledge'],
  ['program'],
  ['syntax'],
  ['text'],
];
const LAST_IMPURE_RANK = 2;

/** Globals that make an answer depend on when, where or how often one asks. */
const IMPURE_GLOBALS = new Set([
  'Date',
  'process',
  'performance',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'globalThis',
]);

/** @type {import('eslint').Rule.RuleModule} */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'Imports point downwards; below the adapters nothing is impure.' },
    schema: [],
    messages: {
      unknown: '"{{layer}}" is not a layer of src/; the list is in scripts/eslint/downward-imports.mjs.',
      outside: '{{from}} must not import "{{source}}", which lies outside src/.',
      upward: '{{from}} must not import {{to}}, which lies above it.',
      sibling: '{{from}} must not import {{to}}: neither depends on the other.',
      platform: '{{from}} must not import "{{source}}": below vscode/ and cli/ it has to be handed in.',
      impure: '{{from}} must not use {{name}}: below vscode/ and cli/ it has to be handed in.',
    },
  },
  create(context) {
    const file = withinSource(context.filename);
    if (file === undefined) return {};
    const from = layerOf(file);
    const rank = rankOf(from);
    if (rank === undefined) {
      return { Program: (node) => context.report({ node, messageId: 'unknown', data: { layer: from } }) };
    }
    const isPure = rank > LAST_IMPURE_RANK;

    /** @param {string} source what is imported @param node where to complain */
    function checkImport(source, node) {
      const report = (messageId, data) =>
        context.report({ node, messageId, data: { from, source, ...data } });
      if (!source.startsWith('.')) {
        if (isPure && (source === 'vscode' || isBuiltin(source))) report('platform', {});
        return;
      }
      const target = path.posix.join(path.posix.dirname(file), source);
      if (target.startsWith('..')) return report('outside', {});
      const to = layerOf(target);
      const targetRank = rankOf(to);
      if (targetRank === undefined) return report('unknown', { layer: to });
      if (targetRank < rank) return report('upward', { to });
      if (targetRank === rank && to !== from) return report('sibling', { to });
    }

    function checkLiteral(literal, node) {
      if (literal?.type === 'Literal' && typeof literal.value === 'string') checkImport(literal.value, node);
    }

    return {
      ImportDeclaration: (node) => checkLiteral(node.source, node),
      ExportNamedDeclaration: (node) => checkLiteral(node.source, node),
      ExportAllDeclaration: (node) => checkLiteral(node.source, node),
      ImportExpression: (node) => checkLiteral(node.source, node),
      TSExternalModuleReference: (node) => checkLiteral(node.expression, node),
      TSImportType: (node) => checkLiteral(node.source ?? node.argument?.literal, node),
      'CallExpression[callee.name="require"]': (node) => checkLiteral(node.arguments[0], node),
      MemberExpression(node) {
        if (isPure && isGlobal(node.object, 'Math', context) && memberName(node) === 'random') {
          context.report({ node, messageId: 'impure', data: { from, name: 'Math.random' } });
        }
      },
      'Program:exit'(program) {
        if (!isPure) return;
        for (const reference of globalReferences(context.sourceCode.getScope(program))) {
          const { identifier } = reference;
          if (!IMPURE_GLOBALS.has(identifier.name) || reference.isTypeReference) continue;
          context.report({ node: identifier, messageId: 'impure', data: { from, name: identifier.name } });
        }
      },
    };
  },
};

/** The path below src/ with forward slashes, or undefined for a file elsewhere. */
function withinSource(filename) {
  const parts = filename.split(/[\\/]/);
  const at = parts.lastIndexOf('src');
  return at < 0 ? undefined : parts.slice(at + 1).join('/');
}

/** `rules` for `rules/naming/x`; `cli.ts` for the import `./cli` of another file in src/ (a file wins over a folder). */
function layerOf(target) {
  const [first, ...rest] = target.split('/');
  if (rest.length > 0) return first;
  return first.endsWith('.ts') ? first : `${first}.ts`;
}

function rankOf(layer) {
  const rank = LAYERS.findIndex((row) => row.includes(layer));
  return rank < 0 ? undefined : rank;
}

function memberName(node) {
  return node.computed ? node.property.value : node.property.name;
}

function isGlobal(node, name, context) {
  if (node.type !== 'Identifier' || node.name !== name) return false;
  let scope = context.sourceCode.getScope(node);
  for (; scope; scope = scope.upper) {
    const variable = scope.set.get(name);
    if (variable) return variable.defs.length === 0;
  }
  return true;
}

/** References that no declaration in the file answers: unresolved ones, and those to a library's global. */
function globalReferences(scope) {
  let top = scope;
  while (top.upper) top = top.upper;
  const known = [...top.variables].filter((variable) => variable.defs.length === 0);
  return [...top.through, ...known.flatMap((variable) => variable.references)];
}
