import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { suppressionsOf } from '../../../src/rules/suppression';
import { analyse } from '../../support/analysis';

const GRAMMAR = path.resolve(__dirname, '../../../syntaxes/suppression.json');

const COMMENTS = [
  '# graduate: ignore',
  '# graduate: ignore[hard-coded-path]',
  '#graduate:ignore[a,b]',
  '#  graduate :  ignore [ a , b ] because of that',
  '# why # graduate: ignore[a]',
  '# graduate: ignore-file[a]',
  '# graduate: ignore-files',
  '# graduate: ignored',
  '# graduate ignore',
  '# undergraduate: ignore[a]',
  '# type: ignore[a]',
  '# Graduate: ignore',
  '# graduate: ignore [',
];

suite('grammar of suppressions', () => {
  const grammar = JSON.parse(fs.readFileSync(GRAMMAR, 'utf8')) as {
    injectionSelector: string;
    patterns: { match: string }[];
  };

  test('it colours exactly what the engine takes for a suppression', async () => {
    // The regular expression uses nothing that Oniguruma and JavaScript read differently.
    const pattern = new RegExp(grammar.patterns[0]!.match);
    for (const comment of COMMENTS) {
      const { facts } = await analyse(`${comment}\nx = 1\n`);
      const [suppression] = suppressionsOf(facts);
      const match = pattern.exec(comment);
      assert.equal(match !== null, suppression !== undefined, comment);
      const names = match?.[5]?.split(/[\s,]+/).filter(Boolean);
      assert.deepEqual(
        names,
        suppression?.rules?.map(({ name }) => name),
        comment,
      );
    }
  });

  test('only in Python’s comments', () => {
    assert.equal(grammar.injectionSelector, 'L:comment.line.number-sign.python');
  });
});
