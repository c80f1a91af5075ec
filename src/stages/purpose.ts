import { ATTRIBUTE_LOOKS, LOOKS } from '../knowledge/stageWords';
import type { Phase } from '../knowledge/phases';
import type { FactUnit, ProgramFacts } from '../semantics/facts';
import { type Sign, phasesOf } from './phases';
import { stepsOf, titlesIn, writtenNames } from './signs';
import type { Stage } from './stages';
import { boundNames, columnsIn, readNames, rootName } from './subjects';
import { headingWords, thirdPerson } from './words';

/** What fits between the quotes of a docstring of one line, within a class. */
const LONGEST = 72;

/** What numbers a heading: in a module of its own the stage has no number. */
const NUMBER = /^\s*(?:step|part|section|stage)?\s*\d+(?:\.\d+)*[.):]\s+(?=\S)/i;

/** Names of which a docstring tells at most. */
const MOST = 3;

/**
 * What a stage is for, in one sentence without a full stop: the author's heading, else what its statements say that they
 * do with which of the program's names, else its own name in words.
 *
 * @param given What the stage gives back, which is told before what it only needs for itself.
 */
export function purposeOf({ title, name, units, phase }: Stage, given: readonly string[] = []): string {
  if (title !== undefined && headingWords(title).length > 0) return title.replace(NUMBER, '');
  const found = sentences(phase, units, given).find((sentence) => sentence.length < LONGEST);
  return found ?? thirdPerson(name.split('_'));
}

/** Sentences about statements of one phase, the one that says most first. */
function sentences(
  phase: Phase | undefined,
  units: readonly FactUnit[],
  given: readonly string[],
): readonly string[] {
  const facts = units[0]?.facts;
  if (!facts) return [];
  const phases = phasesOf(facts);
  const signs = units.flatMap((unit) => phases.signsOf(unit)).filter((sign) => sign.phase === phase);
  const all = boundNames(units.filter(bindsAtTop)).filter((name) => !name.startsWith('_'));
  const variables = all.filter((name) => name !== name.toUpperCase() || name.length < 3);
  const handed = all.filter((name) => given.includes(name));
  const bound = handed.length > 0 ? handed : variables.length > 0 ? variables : all;
  const told = (names: readonly string[]): readonly string[] => names.filter((name) => isTold(name, facts));
  const reads = told(readNames(units)).filter((name) => !phases.isFigure(name) && !bound.includes(name));
  const networks = [...reads, ...all].filter((name) => phases.isNetwork(name));
  switch (phase) {
    case 'load':
      return about(isWrittenDown(signs) ? 'Makes' : 'Loads', bound);
    case 'explore':
      return explored(signs, told);
    case 'split':
      return [
        ...joined('Splits', told(rootsOfArguments(signs)), 'into', bound),
        ...about('Splits', told(rootsOfArguments(signs))),
      ];
    case 'prepare':
      return prepared(signs, bound, units);
    case 'build':
      return built(signs, bound);
    case 'train':
      return trained(signs, told, networks);
    case 'predict':
      return [
        ...joined('Predicts', bound, 'with', told(rootsOf(signs))),
        ...about('Predicts with', told(rootsOf(signs))),
      ];
    case 'evaluate':
      return evaluated(signs, told);
    case 'save':
      return about('Saves', told(writtenNames(signs)));
    case 'plot':
      return plotted(signs, units, reads);
    case 'report':
      return about(isPrinted(signs) ? 'Prints' : 'Shows', reads);
    case 'configure':
      return [];
    case undefined:
      return about(units.some(({ summary }) => summary.calls.length > 0) ? 'Computes' : 'Defines', bound);
  }
}

/** Classes of tables that are written down in the program. */
const WRITTEN = /^(?:pandas|polars)\.(?:DataFrame|Series)$/;

function isWrittenDown(signs: readonly Sign[]): boolean {
  return signs.length > 0 && signs.every(({ callee }) => WRITTEN.test(callee ?? ''));
}

/** Of names those that a docstring tells. */
type Telling = (names: readonly string[]) => readonly string[];

/** Whether a name is one of the module's that is more than the variable of a loop. */
function isTold(name: string, facts: ProgramFacts): boolean {
  const bindings = facts.moduleBindings(name);
  return (
    bindings.some(({ binding: { source } }) => source.type !== 'iteration') &&
    bindings.every(
      ({ binding: { source } }) => !['import', 'from-import', 'function', 'class'].includes(source.type),
    )
  );
}

/** Names in a statement's own block, not those that a loop goes through. */
function bindsAtTop({ summary }: FactUnit): boolean {
  return summary.moduleBindings.some(
    ({ block, source }) => block.parent === undefined && source.type !== 'iteration',
  );
}

function about(verb: string, names: readonly string[]): readonly string[] {
  const all = [...new Set(names)];
  if (all.length === 0) return [];
  return [
    `${verb} ${listed(all.map(quoted))}`,
    `${verb} ${quoted(all[0]!)} and ${all.length - 1} more`,
  ].slice(0, all.length > 1 ? 2 : 1);
}

/** `Splits x and y into x_train and x_test`. */
function joined(
  verb: string,
  names: readonly string[],
  word: string,
  others: readonly string[],
): readonly string[] {
  const [first, second] = [[...new Set(names)], [...new Set(others)]];
  if (first.length === 0 || second.length === 0) return [];
  return [`${verb} ${listed(first.map(quoted))} ${word} ${listed(second.map(quoted))}`];
}

function listed(items: readonly string[]): string {
  if (items.length > MOST + 1) return `${items.slice(0, MOST).join(', ')} and ${items.length - MOST} more`;
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)!}`;
}

function quoted(name: string): string {
  return `\`\`${name}\`\``;
}

/** The names whose methods are called. */
function rootsOf(signs: readonly Sign[]): readonly string[] {
  return signs.flatMap(({ receiver, call, callee }) =>
    callee === undefined ? (rootName(receiver ?? call?.func) ?? []) : [],
  );
}

function rootsOfArguments(signs: readonly Sign[]): readonly string[] {
  return signs.flatMap(({ call }) => (call?.args ?? []).flatMap((argument) => rootName(argument) ?? []));
}

function explored(signs: readonly Sign[], told: Telling): readonly string[] {
  const looks = new Set<string>();
  for (const { method, receiver, call } of signs) {
    const attribute = call === undefined && receiver?.kind === 'Attribute' ? receiver.attr : undefined;
    const look = LOOKS.get(method ?? '')?.phrase ?? ATTRIBUTE_LOOKS.get(attribute ?? '');
    if (look !== undefined) looks.add(look);
  }
  const roots = [...new Set(told(rootsOf(signs)))];
  if (roots.length === 0) return [];
  if (looks.size === 0 || looks.size > MOST) return about('Looks at', roots);
  return [`Shows ${listed([...looks])} of ${listed(roots.map(quoted))}`, ...about('Looks at', roots)];
}

function prepared(
  signs: readonly Sign[],
  bound: readonly string[],
  units: readonly FactUnit[],
): readonly string[] {
  const done = stepsOf(signs).map((step) => thirdPerson(step.split('_')));
  const found: string[] = [];
  if (done.length > 0 && done.length <= MOST) {
    found.push(
      listed(done.map((step, i) => (i === 0 ? step : step.charAt(0).toLowerCase() + step.slice(1)))),
    );
  }
  const stored = signs.flatMap(({ call, receiver }) =>
    call === undefined && receiver?.kind === 'Subscript' && receiver.index.kind === 'Str'
      ? [{ column: receiver.index.value ?? '', owner: rootName(receiver) ?? '' }]
      : [],
  );
  const columns = [...new Set(stored.map(({ column }) => column))].filter(isPlainText);
  const owners = [...new Set(stored.map(({ owner }) => owner))];
  if (columns.length > 0 && owners.length === 1 && owners[0] !== '') {
    const word = columns.length === 1 ? 'column' : 'columns';
    found.push(`Computes the ${word} ${listed(columns.map(quoted))} of ${quoted(owners[0]!)}`);
  }
  return [...found, ...about('Prepares', bound), ...about('Prepares', columnsIn(units))];
}

/** Text that can stand in a docstring as it is. */
function isPlainText(text: string): boolean {
  return /^[\w][\w .,()%/+-]*$/.test(text);
}

function built(signs: readonly Sign[], bound: readonly string[]): readonly string[] {
  const classes = signs.flatMap(({ callee, thing }) => {
    const label = /(?:^|\.)([A-Z]\w*)$/.exec(callee ?? '')?.[1] ?? thing?.label;
    return label === undefined || !/^[A-Z]/.test(label) ? [] : [label];
  });
  const [made, ...others] = new Set(classes);
  const [name] = bound;
  const isOne = made !== undefined && others.length === 0 && bound.length === 1;
  return [...(isOne ? [`Builds ${quoted(name!)}, a ${quoted(made)}`] : []), ...about('Builds', bound)];
}

function trained(signs: readonly Sign[], told: Telling, networks: readonly string[]): readonly string[] {
  const fits = signs.filter(({ method }) => method !== undefined && /^(?:partial_)?fit/.test(method));
  const roots = [...new Set(told(rootsOf(fits)))];
  if (roots.length === 0) return about('Trains', networks);
  return [...joined('Fits', roots, 'to', told(rootsOfArguments(fits))), ...about('Fits', roots)];
}

function evaluated(signs: readonly Sign[], told: Telling): readonly string[] {
  const metrics = signs.flatMap(
    ({ callee }) =>
      /(?:sklearn|imblearn|torchmetrics)\.metrics\.(?:\w+\.)*(\w+)$/.exec(callee ?? '')?.[1] ?? [],
  );
  const crossed = signs.filter(({ callee }) => /cross_val/.test(callee ?? ''));
  const models = crossed.flatMap(({ call }) => rootName(call?.args[0]) ?? []);
  const scored = signs.filter(({ method, callee }) => method === 'score' && callee === undefined);
  return [
    ...about('Cross-validates', models),
    ...about('Computes', metrics),
    ...joined('Scores', told(rootsOf(scored)), 'on', told(rootsOfArguments(scored))),
    ...about('Evaluates', told(rootsOf(signs))),
  ];
}

function plotted(
  signs: readonly Sign[],
  units: readonly FactUnit[],
  reads: readonly string[],
): readonly string[] {
  const [title, ...others] = new Set(titlesIn(signs).map((text) => text.trim()));
  const columns = columnsIn(units);
  return [
    ...(title !== undefined && others.length === 0 && isPlainText(title)
      ? [`Draws the figure '${title}'`]
      : []),
    ...(columns.length < MOST + 2 ? joined('Plots', columns, 'of', reads.slice(0, 1)) : []),
    ...about('Plots', reads),
  ];
}

function isPrinted(signs: readonly Sign[]): boolean {
  return signs.some(({ callee }) => callee === 'builtins.print');
}
