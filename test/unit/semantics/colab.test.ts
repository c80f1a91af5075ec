import assert from 'node:assert/strict';
import { scriptSource } from '../../../src/program/source';
import { colabForm, isColabParameter } from '../../../src/semantics/colab';
import { analyse, notebookSource } from '../../support/analysis';

/** The names whose values are fields of the form. */
async function fields(source: string): Promise<string[]> {
  const { facts } = await analyse(source);
  return facts.units.flatMap((unit) =>
    unit.summary.statements.flatMap(({ node }) => {
      if (node.kind !== 'Assign' || node.targets[0]?.kind !== 'Name') return [];
      return isColabParameter(node.value, unit) ? [node.targets[0].id] : [];
    }),
  );
}

suite('Colab forms', () => {
  test('a line that ends with @param is a field', async () => {
    for (const [mark, newline] of [
      ['#@param', '\n'],
      ['# @param', '\n'],
      ['#@param {type: "string"}', '\r\n'],
      ['#@param ["a", "b"] {allow-input: true}', '\n'],
      ['# @param {type:"slider", min:0, max:9, step:1}', '\r\n'],
    ]) {
      assert.deepEqual(await fields(`x = "a" ${mark}${newline}y = "b"`), ['x'], mark);
      assert.deepEqual(await fields(`y = "b"${newline}x = "a" ${mark}`), ['x'], mark);
      assert.deepEqual(await fields(`if y:${newline}    x = "a" ${mark}${newline}    z = 1`), ['x'], mark);
    }
  });

  test('anything else is none', async () => {
    for (const text of [
      'x = "a"\n#@param\n',
      'x = "a" # see @param\n',
      'x = "a" #@parameter\n',
      'x = "a" #@title Name\n',
      'x = f("a", "#@param")\n',
      'x = "a #@param"\n',
      'x = """a\n#@param"""\n',
      'y #@param\nx = 1\n',
    ]) {
      assert.deepEqual(await fields(text), [], text);
    }
  });

  test('the parts of a form, in notebooks too', async () => {
    const text = '#@title Paths { display-mode: "form" }\n#@markdown Where\nx = 1 #@param {type: "number"}\n';
    for (const source of [
      notebookSource('a.ipynb', ['y = 1', text]),
      scriptSource('a.py', `# Databricks notebook source\ny = 1\n# COMMAND ----------\n${text}`),
    ]) {
      const { facts } = await analyse(source);
      const [first, second] = facts.cells;
      assert.deepEqual(colabForm(first!), []);
      assert.deepEqual(
        colabForm(second!).map(({ kind, argument, span }) => [
          kind,
          argument,
          second!.cell.source.slice(span.start, span.start + 2),
        ]),
        [
          ['title', 'Paths { display-mode: "form" }', '#@'],
          ['markdown', 'Where', '#@'],
          ['param', '{type: "number"}', '#@'],
        ],
      );
    }
  });
});
