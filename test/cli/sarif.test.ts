import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import Ajv from 'ajv';
import { RULES } from '../../src/rules/registry';
import { ROOT } from '../support/run';
import { notebookText } from '../unit/cli/support';
import { type Answer, type Files, inPlace } from './support';

const require = createRequire(__filename);
const validate = validator();

/** Microsoft's package carries the schema of SARIF 2.1.0, which is of JSON Schema's draft 4. */
function validator(): (log: unknown) => string[] {
  const ajv = new Ajv({ schemaId: 'auto', validateSchema: false, allErrors: true });
  ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json') as object);
  const file = path.join(ROOT, 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const check = ajv.compile(JSON.parse(fs.readFileSync(file, 'utf8')) as object);
  return (log) =>
    check(log) ? [] : (check.errors ?? []).map((error) => `${error.dataPath} ${error.message}`);
}

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine?: number;
  readonly endColumn: number;
}

interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region?: Region;
  };
  readonly logicalLocations?: readonly {
    readonly name: string;
    readonly fullyQualifiedName: string;
    readonly properties?: Region;
  }[];
}

interface Log {
  readonly version: string;
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly rules: readonly {
            readonly id: string;
            readonly help: { readonly text: string; readonly markdown: string };
            readonly helpUri: string;
            readonly defaultConfiguration: { readonly level?: string; readonly enabled?: boolean };
          }[];
        };
      };
      readonly columnKind: string;
      readonly invocations: readonly [
        {
          readonly executionSuccessful: boolean;
          readonly toolExecutionNotifications: readonly {
            readonly level: string;
            readonly message: { readonly text: string };
            readonly locations?: readonly Location[];
          }[];
        },
      ];
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly locations: readonly [Location];
        readonly relatedLocations?: readonly (Location & { readonly message: { readonly text: string } })[];
        readonly partialFingerprints: Readonly<Record<string, string>>;
      }[];
    },
  ];
}

function logOf(answer: Answer): Log['runs'][0] {
  const log = answer.json as Log;
  assert.deepEqual(validate(log), []);
  assert.equal(log.version, '2.1.0');
  return log.runs[0];
}

const sarifOf = async (files: Files, args: readonly string[] = []): Promise<Log['runs'][0]> => {
  let run: Log['runs'][0] | undefined;
  await inPlace(files, async (place) => {
    run = logOf(await place.run(['check', '--format', 'sarif', ...args]));
  });
  return run!;
};

/** What a region marks in a text. */
function marked(text: string, { startLine, startColumn, endLine = startLine, endColumn }: Region): string {
  const lines = text.split('\n');
  const start = lines.slice(0, startLine - 1).join('\n').length + (startLine > 1 ? 1 : 0) + startColumn - 1;
  const end = lines.slice(0, endLine - 1).join('\n').length + (endLine > 1 ? 1 : 0) + endColumn - 1;
  return text.slice(start, end);
}

const CODE = 'import pandas as pd\n\nd = "é😀"; data = pd.read_csv("/Users/petra/data.csv")\n';

suite('graduate check --format sarif', () => {
  test('the schema is one that can fail', () => {
    assert.notDeepEqual(validate({ version: '2.1.0', runs: [{ tool: { driver: {} } }] }), []);
    assert.notDeepEqual(validate({ version: '2.0.0', runs: [] }), []);
  });

  test('a script: place in UTF-16 columns from one on, level, rule', async () => {
    const run = await sarifOf({ 'sub dir/ä#.py': CODE });
    assert.equal(run.columnKind, 'utf16CodeUnits');
    const [result, ...more] = run.results;
    assert.equal(more.length, 0);
    assert.equal(result?.ruleId, 'hard-coded-path');
    assert.equal(run.tool.driver.rules[result.ruleIndex]?.id, 'hard-coded-path');
    assert.equal(result.level, 'warning');
    const [{ physicalLocation, logicalLocations }] = result.locations;
    assert.deepEqual(physicalLocation.artifactLocation, {
      uri: 'sub%20dir/%C3%A4%23.py',
      uriBaseId: '%SRCROOT%',
    });
    assert.deepEqual(physicalLocation.region, { startLine: 3, startColumn: 31, endLine: 3, endColumn: 54 });
    assert.equal(marked(CODE, physicalLocation.region), '"/Users/petra/data.csv"');
    assert.equal(logicalLocations, undefined);
  });

  test('a notebook: the region in its JSON, the cell as a logical location', async () => {
    for (const text of [
      notebookText('#md Title', CODE),
      JSON.stringify(JSON.parse(notebookText('#md Title', CODE))),
      JSON.stringify(JSON.parse(notebookText('#md Title', CODE))).replace('é😀', '\\u00e9\\ud83d\\ude00'),
    ]) {
      const [result] = (await sarifOf({ 'n.ipynb': text })).results;
      const [{ physicalLocation, logicalLocations }] = result!.locations;
      assert.equal(marked(text, physicalLocation.region!), '\\"/Users/petra/data.csv\\"');
      assert.deepEqual(logicalLocations, [
        {
          name: 'cell 2',
          fullyQualifiedName: '/cells/1',
          kind: 'cell',
          properties: { startLine: 3, startColumn: 31, endLine: 3, endColumn: 54 },
        },
      ]);
    }
  });

  test('related places', async () => {
    const [result] = (await sarifOf({ 'n.ipynb': notebookText('print(total)', 'total = 1') })).results;
    assert.equal(result?.ruleId, 'use-before-definition');
    assert.equal(result.level, 'error');
    const [related] = result.relatedLocations ?? [];
    assert.equal(related?.logicalLocations?.[0]?.name, 'cell 2');
    assert.ok(related.message.text);
  });

  test('every rule, with help and a page', async () => {
    const { rules } = (await sarifOf({ 'a.py': '' })).tool.driver;
    assert.deepEqual(
      rules.map(({ id }) => id),
      RULES.map(({ name }) => name),
    );
    for (const { id, help, helpUri, defaultConfiguration } of rules) {
      assert.ok(help.text.length > 50 && help.markdown.startsWith(`# ${id}\n`), id);
      assert.equal(helpUri, `graduate-rule:/${id}.md`);
      const { severity } = RULES.find(({ name }) => name === id)!;
      const levels = {
        error: 'error',
        warning: 'warning',
        information: 'note',
        hint: 'note',
        off: undefined,
      };
      assert.equal(defaultConfiguration.level, levels[severity]);
      assert.equal(defaultConfiguration.enabled, severity === 'off' ? false : undefined);
    }
  });

  test('severities from settings are the levels', async () => {
    const levels: string[] = [];
    for (const severity of ['hint', 'information', 'warning', 'error']) {
      const files = { '.graduate.yaml': `rules: {hard-coded-path: ${severity}}\n`, 'a.py': CODE };
      levels.push(...(await sarifOf(files)).results.map(({ level }) => level));
    }
    assert.deepEqual(levels, ['note', 'note', 'warning', 'error']);
  });

  test('fingerprints stay when other lines come and go, and tell equal lines apart', async () => {
    const prints = async (text: string): Promise<string[]> =>
      (await sarifOf({ 'a.py': text })).results.map(
        ({ partialFingerprints }) => partialFingerprints['graduate/v1']!,
      );
    const line = '    pd.read_csv("/Users/petra/data.csv")\n';
    const before = await prints(`import pandas as pd\ndef f():\n${line}def g():\n${line}`);
    const after = await prints(
      `"""Doc."""\nimport pandas as pd\n\ndef f(x):\n${line}if 1:\n  def g():\n  ${line}`,
    );
    assert.equal(new Set(before).size, 2);
    assert.deepEqual(after, before);
    const other = await prints('import pandas as pd\npd.read_csv("/Users/petra/other.csv")\n');
    assert.ok(!before.includes(other[0]!));
  });

  test('what could not be checked is in it, and the run is no success', () =>
    inPlace(
      {
        'a.py': CODE,
        'broken.ipynb': '{"cells": [\n  ]]',
        'n.ipynb': notebookText('x = 1', 'def f(:\n    pass'),
        '.graduate.yaml': 'nothing: 1\n',
      },
      async (place) => {
        const answer = await place.run(['check', '.', 'gone.py', '--format', 'sarif']);
        assert.equal(answer.status, 2);
        const [{ executionSuccessful, toolExecutionNotifications: told }] = logOf(answer).invocations;
        assert.equal(executionSuccessful, false);
        assert.equal(told.length, answer.complaints.length);
        assert.deepEqual(
          told.map(({ level, locations }) => {
            const place = locations?.[0];
            const { startLine } = place?.physicalLocation.region ?? {};
            return [
              level,
              place?.physicalLocation.artifactLocation.uri,
              startLine,
              place?.logicalLocations?.[0]?.name,
            ];
          }),
          [
            ['error', 'gone.py', undefined, undefined],
            ['error', '.graduate.yaml', 1, undefined],
            ['error', 'broken.ipynb', 2, undefined],
            ['note', 'n.ipynb', undefined, 'cell 2'],
          ],
        );
      },
    ));

  test('files outside the working directory', () =>
    inPlace({ 'in/x.py': '', 'out/a.py': CODE }, async (place) => {
      const answer = await place.run(['check', '../out', '--format', 'sarif'], {
        cwd: path.join(place.folder, 'in'),
      });
      const [result] = logOf(answer).results;
      const { artifactLocation } = result!.locations[0].physicalLocation;
      assert.match(artifactLocation.uri, /^file:\/\/\/.*\/out\/a\.py$/);
      assert.equal(artifactLocation.uriBaseId, undefined);
    }));

  test('nothing of the machine is in it', () =>
    inPlace({ 'a.py': CODE }, async (place) => {
      const { stdout } = await place.run(['check', '--format', 'sarif']);
      assert.ok(!stdout.includes(place.folder));
    }));
});
