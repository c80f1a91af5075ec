import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import type { Evaluator } from '../../semantics/values';
import type { TextEdit } from '../../text/edit';

const PARSERS = new Set(['argparse.ArgumentParser', 'optparse.OptionParser']);
const PARSING = ['parse_args', 'parse_known_args', 'parse_intermixed_args'];

/** Where the moved statements parse the command line by a parser's default: offsets between the parentheses. */
export interface Parsing {
  readonly unit: FactUnit;
  readonly at: number;
}

/** Empty unless every place that reads the command line is one of these, or a function's own business. */
export function parsings(
  facts: ProgramFacts,
  evaluator: Evaluator,
  moved: readonly FactUnit[],
): readonly Parsing[] {
  if (facts.units.some(({ unit }) => /\bargv\b/.test(unit.text))) return [];
  return PARSING.flatMap((name) => facts.callsNamed(name)).flatMap(({ call, at, unit }) => {
    const { func } = call;
    const isPlain = call.args.length === 0 && call.keywords.length === 0 && func.kind === 'Attribute';
    if (!isPlain || at.scope.parent !== undefined || !moved.includes(unit)) return [];
    const isParser = evaluator
      .valuesOf(func.value, unit)
      .every((value) => value.kind === 'result' && PARSERS.has(value.callee));
    const end = unit.unit.text.lastIndexOf(')', call.end - 1);
    const isEmpty = isParser && /\($/.test(unit.unit.text.slice(0, end));
    return isEmpty ? [{ unit, at: unit.start + end }] : [];
  });
}

export function parsingEdits(parsing: readonly Parsing[], unit: FactUnit, name: string): readonly TextEdit[] {
  return parsing
    .filter((each) => each.unit === unit)
    .map(({ at }) => ({ span: { start: at, end: at }, newText: name }));
}
