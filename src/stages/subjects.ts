import type { FactUnit } from '../semantics/facts';
import type { Call, Expression } from '../syntax/ast';
import { walkExpression } from '../syntax/walk';
import type { Thing } from './things';
import { wordsOf } from './words';

/** Names of which every program has one: no subject worth naming. */
const GENERIC = new Set(
  'df data dataset ds x y xs ys x_train x_test y_train y_test train_x tmp temp res result results out output model clf est net i j k n fig ax axes axs _ f fp file path url train test history val'.split(
    ' ',
  ),
);

export function isGeneric(name: string): boolean {
  return name.length < 3 || GENERIC.has(name.toLowerCase());
}

/** The name at the left end of `a.b[c].d`. */
export function rootName(node: Expression | undefined): string | undefined {
  for (let at = node; at;) {
    if (at.kind === 'Name') return at.id;
    // What a function gives back has no name.
    if (at.kind === 'Call') at = at.func.kind === 'Attribute' ? at.func : undefined;
    else if (at.kind === 'Attribute' || at.kind === 'Subscript' || at.kind === 'Starred') at = at.value;
    else return undefined;
  }
  return undefined;
}

/** The module names that statements bind, in order, each once. */
export function boundNames(units: readonly FactUnit[]): readonly string[] {
  const names = units
    .flatMap((unit) => unit.summary.moduleBindings)
    .filter(
      ({ scope, source }) =>
        scope.parent === undefined && !['import', 'from-import', 'deletion'].includes(source.type),
    )
    .map(({ name }) => name)
    .filter((name) => /[A-Za-z]/.test(name) && /^[\x20-\x7e]+$/.test(name));
  return [...new Set(names)];
}

/** The program's values that statements look at, in order, each once. */
export function readNames(units: readonly FactUnit[]): readonly string[] {
  const names = units.flatMap(({ facts, summary }) =>
    summary.freeReferences
      .filter(({ name, time }) => time === 'now' && /^[A-Za-z]\w*$/.test(name))
      .filter(({ name }) =>
        facts
          .moduleBindings(name)
          .some(
            ({ binding }) => !['import', 'from-import', 'function', 'class'].includes(binding.source.type),
          ),
      )
      .map(({ name }) => name),
  );
  return [...new Set(names)];
}

/** What a model is called by its class: `random_forest` of `RandomForestClassifier`. */
export function modelName(thing: Thing | undefined): string | undefined {
  const words = wordsOf(thing?.label ?? '');
  const name = words
    .filter((word, i) => i === 0 || !['classifier', 'regressor', 'cv', 'model', 'module'].includes(word))
    .join('_');
  return name === '' ||
    ['sequential', 'model', 'module', 'pipeline', 'make_pipeline', 'net', 'train'].includes(name)
    ? undefined
    : name;
}

/** The text of an argument, where it is a literal. */
export function textArgument(call: Call | undefined, position: number, keyword?: string): string | undefined {
  const node =
    call?.keywords.find(({ name }) => name !== undefined && name === keyword)?.value ?? call?.args[position];
  return node?.kind === 'Str' ? node.value : undefined;
}

/** A file's name without folder and suffix, as words. */
export function stemOf(path: string | undefined): string | undefined {
  const stem = path
    ?.split(/[?#]/)[0]!
    .split(/[\\/]/)
    .at(-1)!
    .replace(/(?:\.\w+)+$/, '');
  const words = wordsOf(stem ?? '').filter((word) => !/^\d+$/.test(word));
  return words.length > 0 && words.length < 6 ? words.join('_') : undefined;
}

/** Texts that select columns, `table["age"]`, `x="age"`, in order, each once; long ones are no columns. */
export function columnsIn(units: readonly FactUnit[]): readonly string[] {
  const found = new Set<string>();
  const add = (node: Expression | undefined): void => {
    if (
      node?.kind === 'Str' &&
      node.value !== undefined &&
      node.value.length < 25 &&
      /^[A-Za-z]/.test(node.value)
    )
      found.add(wordsOf(node.value).slice(0, 3).join('_'));
  };
  for (const unit of units) {
    for (const { node, at } of unit.summary.calls) {
      if (at.time !== 'now') continue;
      for (const { name, value } of node.keywords)
        if (name === 'x' || name === 'y' || name === 'column') add(value);
    }
    for (const [node, at] of unit.summary.locate) {
      if (node.kind === 'Subscript' && at.time === 'now') walkExpression(node.index, add);
    }
  }
  found.delete('');
  return [...found];
}
