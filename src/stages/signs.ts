import { STEPS } from '../knowledge/stageWords';
import type { Sign } from './phases';
import { rootName, textArgument } from './subjects';

/** What signs say that is done with data, in words of names: `drop_missing_values`; in order, each once. */
export function stepsOf(signs: readonly Sign[]): readonly string[] {
  const steps = signs.flatMap(({ method, callee, thing }) => [
    STEPS.get(callee?.split('.').at(-1) ?? '') ?? [],
    thing?.kind === 'transformer' ? (STEPS.get(thing.label ?? '') ?? []) : [],
    STEPS.get(method ?? '') ?? [],
  ]);
  return [...new Set(steps.flat())];
}

/** The titles of figures that are literals, in order. */
export function titlesIn(signs: readonly Sign[]): readonly string[] {
  return signs.flatMap(({ call, callee, method }) => {
    const isTitle = /(?:^|\.)(?:set_)?(?:sup)?title$/.test(callee ?? method ?? '');
    return (isTitle ? textArgument(call, 0) : textArgument(call, -1, 'title')) ?? [];
  });
}

/** The names of what is written: whose method it is, or what a function is given to write. */
export function writtenNames(signs: readonly Sign[]): readonly string[] {
  return signs.flatMap(({ receiver, call, callee }) => {
    const isDump = /\.(?:dump|save\w*|safe_dump)$/.test(callee ?? '');
    return rootName(receiver) ?? (isDump ? rootName(call?.args[0]) : undefined) ?? [];
  });
}
