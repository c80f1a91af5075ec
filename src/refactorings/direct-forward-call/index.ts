import type { Finding } from '../../rules/rule';
import type { AnalysedProgram, Outcome } from '../outcome';
import { callOf, editedOrRefused } from '../findingPlace';

/** Calls the module of a finding instead of its `forward`. */
export function callModule(program: AnalysedProgram, finding: Finding): Outcome {
  const { unit, call } = callOf(finding);
  const { func } = call;
  if (func.kind !== 'Attribute') throw new Error('forward is called on a module');
  const { text } = unit.unit;
  // Parentheses around the module, comments and line breaks stay; the dot and the blanks behind it go.
  const dot = text.lastIndexOf('.', func.attrStart - 1);
  const isClean = /^\.[ \t]*$/.test(text.slice(dot, func.attrStart));
  const edits = isClean
    ? [{ start: dot, end: func.end }]
    : [
        { start: dot, end: dot + 1 },
        { start: func.attrStart, end: func.end },
      ];
  return editedOrRefused(
    program,
    finding,
    edits.map(({ start, end }) => ({
      span: { start: start + unit.start, end: end + unit.start },
      newText: '',
    })),
  );
}
