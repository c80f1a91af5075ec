import { EditSet } from '../../text/edit';
import { freeName, namesIn } from '../names';
import { type AnalysedProgram, NOTHING, type Outcome, refused } from '../outcome';
import { refusalInCell } from '../places';
import { parsings } from './arguments';
import { annotationsOf } from './annotations';
import { localNames } from './locals';
import { obstacles } from './obstacles';
import { doesSomething, isOnlyGuard, mainRoles } from './roles';
import { mainText } from './text';

/**
 * Puts the statements that a script runs into a function `main` that its guard calls; imports, constants, functions and
 * classes stay. Names that others read stay names of the module.
 *
 * @param check Why a text is no valid Python; undefined if it is.
 */
export function addMain(program: AnalysedProgram, check: (text: string) => string | undefined): Outcome {
  const { facts, path, context } = program;
  const [cell] = facts.cells;
  if (facts.program.kind === 'notebook') {
    return refused([
      { path, cell: null, line: 0, reason: 'a notebook has no main function; package makes one' },
    ]);
  }
  if (!cell) return NOTHING;
  if (cell.syntax.problem) {
    const { offset, message } = cell.syntax.problem;
    return refused([refusalInCell(path, cell, offset, `the code is ${message}`)]);
  }
  const roles = mainRoles(facts, context.evaluator);
  const moved = facts.units.filter((unit) => roles.of.get(unit) === 'run');
  if (isOnlyGuard(moved) || !doesSomething(moved)) return NOTHING;
  const locals = localNames(facts, context.evaluator, roles);
  const globals = [...roles.bound].filter((name) => !locals.has(name));
  const annotations = annotationsOf(moved, globals, roles);
  const refusals = [...obstacles(program, roles), ...annotations.obstacles(path)];
  if (refusals.length > 0) return refused(refusals);
  const taken = namesIn(facts);
  const parsing = parsings(facts, context.evaluator, moved);
  const text = mainText(facts, roles, {
    globals,
    name: freeName(['main', 'run', 'run_script'], taken),
    parsing,
    annotations: annotations.moved,
    argument: freeName(['arguments', 'argv', 'command_line'], taken),
  });
  const problem = check(text);
  if (problem !== undefined) {
    return refused([
      { path, cell: null, line: 0, reason: `the result would not be valid Python: ${problem}` },
    ]);
  }
  const before = cell.cell.source;
  const edits = new EditSet([{ span: { start: 0, end: before.length }, newText: text }]);
  return {
    status: 'done',
    change: { files: [{ kind: 'text', path, before, edits }] },
    notes: [],
    refusals: [],
  };
}
