import assert from 'node:assert/strict';
import { partEdits } from '../../../src/plan/edit';
import { readPlan } from '../../../src/plan/read';
import { EditSet } from '../../../src/text/edit';

const PLAN = `version: 1
program: "n.ipynb"
stages:
  - name: "load"
    cells:
      - {cell: 2, code: "a = 1"}
      - {cell: 4, code: "b = 2"}
  - name: "train"
    cells:
      - {cell: 5, code: "c = 3"}

# Cells that stay.
keep: []  # none yet
drop:
  - {cell: 3, code: "a"}
`;

/** The stages' and lists' cells after the action of this title on the line with `at`; undefined if it is not offered. */
function after(at: string, title: string, text = PLAN): Record<string, unknown> | undefined {
  const { plan, problems } = readPlan(text);
  assert.deepEqual(problems, []);
  const edit = partEdits(text, plan!, text.indexOf(at)).find((each) => each.title === title);
  if (!edit) return undefined;
  const result = new EditSet(edit.edits).apply(text);
  const read = readPlan(result);
  assert.deepEqual(read.problems, [], result);
  const cells = (parts: readonly { readonly cell: number | undefined }[]) => parts.map(({ cell }) => cell);
  const { stages, keep, drop } = read.plan!;
  assert.ok(result.includes('# Cells that stay.') === text.includes('# Cells that stay.'));
  return {
    ...Object.fromEntries(stages.map(({ name, parts }) => [name, cells(parts)])),
    keep: cells(keep),
    drop: cells(drop),
  };
}

suite('edits of a plan', () => {
  test('a cell is kept; the list was empty', () =>
    assert.deepEqual(after('{cell: 4', 'Keep this cell in the notebook'), {
      load: [2],
      train: [5],
      keep: [4],
      drop: [3],
    }));

  test('a cell is dropped; the list has one', () =>
    assert.deepEqual(after('{cell: 2', 'Drop this cell'), { load: [4], train: [5], keep: [], drop: [3, 2] }));

  test('the last cell of a stage takes the stage along', () =>
    assert.deepEqual(after('{cell: 5', 'Drop this cell'), { load: [2, 4], keep: [], drop: [3, 5] }));

  test('a dropped cell goes back to its place', () =>
    assert.deepEqual(after('{cell: 3', 'Put into the stage load'), {
      load: [2, 3, 4],
      train: [5],
      keep: [],
      drop: [],
    }));

  test('lists that are not there are made, with Windows line ends and without a last break too', () => {
    const text = PLAN.slice(0, PLAN.indexOf('\n# Cells')).trimEnd();
    const expected = { load: [2], train: [5], keep: [4], drop: [] };
    assert.deepEqual(after('{cell: 4', 'Keep this cell in the notebook', text), expected);
    assert.deepEqual(after('{cell: 4', 'Keep this cell in the notebook', PLAN.replaceAll('\n', '\r\n')), {
      ...expected,
      drop: [3],
    });
  });

  test('a part that somebody has written over several lines is moved as a whole', () => {
    const text = PLAN.replace('{cell: 4, code: "b = 2"}', 'cell: 4\n        lines: "1-2"');
    assert.deepEqual(after('cell: 4', 'Keep these lines in the notebook', text)?.['keep'], [4]);
  });

  test('nothing is offered where a list stands within a line', () => {
    const text = PLAN.replace('\n      - {cell: 5, code: "c = 3"}', ' [{cell: 5}, {cell: 6}]');
    const { plan } = readPlan(text);
    assert.deepEqual(partEdits(text, plan!, text.indexOf('{cell: 5')), []);
    assert.equal(after('{cell: 4', 'Move to the stage below (train)', text), undefined);
    const kept = PLAN.replace('keep: []', 'keep: [{cell: 7}]');
    assert.equal(after('{cell: 4', 'Keep this cell in the notebook', kept), undefined);
  });

  test('the only cell of the only stage stays, and a script keeps nothing', () => {
    const one = 'version: 1\nprogram: "n.ipynb"\nstages:\n  - name: "load"\n    cells:\n      - {cell: 2}\n';
    assert.equal(after('{cell: 2', 'Drop this cell', one), undefined);
    const script = PLAN.replace('n.ipynb', 'n.py');
    assert.equal(after('{cell: 4', 'Keep this cell in the notebook', script), undefined);
  });
});
