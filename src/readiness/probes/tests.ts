import { isTestPath } from '../../rules/check';
import type { FactUnit } from '../../semantics/facts';
import type { Expression, FunctionDef, Statement } from '../../syntax/ast';
import { walkStatements } from '../../syntax/walk';
import { baseName } from '../../text/workspace';
import {
  type Evidence,
  MOST_EVIDENCE,
  type Probe,
  type ProbeInput,
  type ProbeResult,
  type SeenProgram,
} from '../probe';
import { isScaffolded, isScaffoldedProgram } from '../scaffolded';
import { evidenceAt, fileEvidence } from '../search';

/** What a test runner writes, by its name. */
const REPORT = /^(junit|test-?results?|TEST-.*|report|pytest)[\w.-]*\.xml$/i;

/** Tests prove something when a report shows that they passed, after the last change of what they test. */
export const tests: Probe = {
  id: 'tests',
  title: 'Tests',
  question:
    'Are there tests that assert something, and does a report show that they pass on the present code?',
  looksAt: 'files',
  cannotSee: 'Whether the tests are good, and runs whose report is not among the files.',
  async run(input) {
    const asserting: Evidence[] = [];
    const idle: Evidence[] = [];
    for (const program of input.programs.filter(({ context }) => context.isTest)) {
      for (const { place, asserts } of testsIn(program)) (asserts ? asserting : idle).push(place);
    }
    for (const path of input.unseen.filter(isTestFile)) {
      const text = await input.workspace.read(path);
      const line = (text ?? '').split('\n').findIndex((each) => /^\s*(async\s+)?def test/.test(each));
      if (text === undefined) idle.push(fileEvidence(path, 'not looked at'));
      else if (line >= 0 && isScaffolded(text))
        idle.push(fileEvidence(path, 'a test in a place-holder', line));
      else if (line >= 0) asserting.push(fileEvidence(path, 'a test', line));
    }
    return asserting.length > 0 ? proven(input, asserting) : unproven(input, idle);
  },
};

function unproven({ files, programs, unseen }: ProbeInput, idle: readonly Evidence[]): ProbeResult {
  if (programs.length + unseen.length === 0) {
    return { outcome: 'not-applicable', summary: 'there is no program', evidence: [] };
  }
  const evidence = idle.slice(0, MOST_EVIDENCE);
  if (idle.some(({ message }) => message === 'not looked at') || !files.isComplete) {
    return { outcome: 'unknown', summary: 'not all files were looked at', evidence };
  }
  const summary = idle.length > 0 ? 'there are tests, but none that asserts anything' : 'there is no test';
  return { outcome: 'no', summary, evidence };
}

async function proven(input: ProbeInput, found: readonly Evidence[]): Promise<ProbeResult> {
  const { files, workspace, modifiedAt } = input;
  const count = `${found.length} ${found.length === 1 ? 'test asserts' : 'tests assert'} something`;
  const unknown = (why: string, more: readonly Evidence[] = []): ProbeResult => ({
    outcome: 'unknown',
    summary: `${count}; ${why}`,
    evidence: [...more, ...found].slice(0, MOST_EVIDENCE),
  });
  for (const path of files.paths.filter((each) => REPORT.test(baseName(each)))) {
    const text = await workspace.read(path);
    const suite = text === undefined ? undefined : resultOf(text);
    if (!suite) continue;
    const place = fileEvidence(path, `${suite.tests} run, ${suite.failed} failed`, suite.line);
    if (suite.failed > 0) {
      return {
        outcome: 'no',
        summary: `${count}, but the last report has ${suite.failed} failed`,
        evidence: [place],
      };
    }
    const at = await modifiedAt?.(path);
    if (at === undefined) return unknown('whether the report is newer than the code is not known', [place]);
    const newer = await newerThan(input, at);
    if (newer !== undefined) return unknown(`${newer} was changed after the last report`, [place]);
    return {
      outcome: 'yes',
      summary: `${count}, and passed`,
      evidence: [place, ...found].slice(0, MOST_EVIDENCE),
    };
  }
  return unknown('no report shows that they pass');
}

/** A program that was changed after the report. */
async function newerThan(
  { programs, unseen, modifiedAt }: ProbeInput,
  at: number,
): Promise<string | undefined> {
  for (const path of [...programs.map((program) => program.path), ...unseen]) {
    const changed = await modifiedAt?.(path);
    if (changed === undefined || changed > at) return path;
  }
  return undefined;
}

/** The numbers of a JUnit report; undefined for another file. */
function resultOf(
  text: string,
): { readonly tests: number; readonly failed: number; readonly line: number } | undefined {
  const suites = [...text.matchAll(/<testsuite\b[^>]*>/g)];
  const [first] = suites;
  if (!first) return undefined;
  const sum = (name: string): number =>
    suites.reduce((total, [tag]) => total + Number(new RegExp(`\\b${name}="(\\d+)"`).exec(tag)?.[1] ?? 0), 0);
  const all = sum('tests');
  const line = text.slice(0, first.index).split('\n').length - 1;
  return all === 0 ? undefined : { tests: all, failed: sum('failures') + sum('errors'), line };
}

function isTestFile(path: string): boolean {
  return isTestPath(path) && /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(path);
}

function testsIn(program: SeenProgram): readonly { readonly place: Evidence; readonly asserts: boolean }[] {
  const isPlaceHolder = isScaffoldedProgram(program);
  return program.facts.units.flatMap((unit) =>
    unit.summary.statements.flatMap(({ node, at }) => {
      if (node.kind !== 'FunctionDef' || !node.name.startsWith('test') || at.scope.kind === 'function')
        return [];
      const asserts = !isPlaceHolder && !isSkipped(node) && assertsSomething(node, unit);
      const message = isPlaceHolder
        ? 'a test in a place-holder'
        : asserts
          ? node.name
          : `${node.name} asserts nothing`;
      return [{ place: evidenceAt(program, unit, node, message), asserts }];
    }),
  );
}

function isSkipped({ decorators }: FunctionDef): boolean {
  return decorators.some((decorator) => {
    const target = decorator.kind === 'Call' ? decorator.func : decorator;
    return target.kind === 'Attribute' && target.attr === 'skip';
  });
}

function assertsSomething(test: FunctionDef, unit: FactUnit): boolean {
  let asserts = false;
  walkStatements(test, (node: Statement) => {
    if (node.kind === 'Assert') asserts ||= !isConstant(node.test);
  });
  // unittest, numpy.testing, pandas.testing, pytest.raises, mocks: all say it in the name.
  return asserts || unit.summary.calls.some(({ node }) => isWithin(node, test) && isAssertion(node.func));
}

function isConstant(node: Expression): boolean {
  return node.kind === 'Constant' || node.kind === 'Num' || node.kind === 'Str';
}

function isWithin(node: Expression, test: FunctionDef): boolean {
  return test.start <= node.start && node.end <= test.end;
}

function isAssertion(func: Expression): boolean {
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  return /^_?assert|^check_|^(raises|warns|fail)$/.test(name);
}
