/** The scan of a project, with a thread that answers when the test says so: nothing here depends on how fast it is. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type ProgramSource, scriptSource } from '../../../src/program/source';
import type { ScanAnswer } from '../../../src/vscode/project/protocol';
import { ProjectScan } from '../../../src/vscode/project/projectScan';
import { ScanThread } from '../../../src/vscode/project/scanThread';
import { until } from './support';

type ScanParameters = ConstructorParameters<typeof ProjectScan>;
type Answer = Exclude<ScanAnswer, { readonly type: 'done' }>;

/** A scan that the thread was asked for. */
interface Asked {
  readonly paths: readonly string[];
  isCancelled: boolean;
  answer(path: string): void;
  end(): void;
}

class SlowThread {
  readonly asked: Asked[] = [];

  send(): void {
    // The programs do not matter here.
  }

  stop(): void {
    // It has no thread to end.
  }

  scan({ paths }: { paths: readonly { readonly path: string }[] }, listener: (answer: Answer) => void) {
    let end: () => void = () => undefined;
    const done = new Promise<void>((resolve) => (end = resolve));
    const asked: Asked = {
      paths: paths.map(({ path }) => path),
      isCancelled: false,
      answer: (path) => listener({ type: 'scanned', id: this.asked.length, path, findings: [] }),
      end,
    };
    this.asked.push(asked);
    return { done, cancel: () => void (asked.isCancelled = true) };
  }
}

function project(paths: readonly string[]) {
  const sources = new Map<string, ProgramSource>(paths.map((path) => [path, scriptSource(path, 'x = 1\n')]));
  const folder = {
    paths,
    root: '',
    source: (path: string) => sources.get(path),
    uriOf: (path: string) => vscode.Uri.file(`/project/${path}`),
  };
  const changed = new vscode.EventEmitter<typeof folder>();
  const thread = new SlowThread();
  const projects = { ready: [folder], load: async () => [folder], onDidChange: changed.event };
  const settings = { leavesOut: () => false };
  const analyses = { settings, severitiesOf: async () => new Map() };
  const log = {
    debug: () => undefined,
    error: (text: string, error: unknown) => assert.fail(`${text}: ${String(error)}`),
  };
  const scan = new ProjectScan(...([projects, analyses, log, thread] as unknown as ScanParameters));
  return { scan, thread, folder, touch: () => changed.fire(folder) };
}

suite('stopping the scan of a project', () => {
  test('what was found stays, nothing more is looked for, and it is taken up where it was', async () => {
    const { scan, thread, touch } = project(['a.py', 'b.py', 'c.py']);
    const started = scan.start();
    const first = await until('the scan', () => thread.asked[0]);
    assert.deepEqual(first.paths, ['a.py', 'b.py', 'c.py']);
    assert.ok(scan.isScanning && !scan.isStopped);
    first.answer('a.py');
    scan.stop();
    assert.ok(first.isCancelled);
    first.end();
    await started;
    assert.deepEqual([scan.isScanning, scan.isStopped, scan.fileCount], [false, true, 1]);

    touch();
    assert.ok(!scan.isScanning);
    assert.equal(thread.asked.length, 1);

    const resumed = scan.resume();
    const second = await until('the rest', () => thread.asked[1]);
    assert.deepEqual(second.paths, ['b.py', 'c.py']);
    second.answer('b.py');
    second.answer('c.py');
    second.end();
    await resumed;
    assert.deepEqual([scan.isScanning, scan.isStopped, scan.fileCount], [false, false, 3]);
    assert.ok(!second.isCancelled);
    scan.dispose();
  });

  test('is nothing while none runs', async () => {
    const { scan, thread } = project(['a.py']);
    scan.stop();
    assert.ok(!scan.isStopped);
    const started = scan.start();
    const asked = await until('the scan', () => thread.asked[0]);
    asked.answer('a.py');
    asked.end();
    await started;
    scan.stop();
    assert.ok(!scan.isStopped);
    scan.dispose();
  });

  test('the thread itself ends a scan that was cancelled before it has loaded, and does the next one', async () => {
    const extension = vscode.extensions.getExtension('graduate.graduate');
    assert.ok(extension);
    const thread = new ScanThread(vscode.Uri.joinPath(extension.extensionUri, 'dist').fsPath);
    const paths = ['a.py', 'b.py'].map((path) => ({ path, severities: new Map() }));
    const programs = paths.map(({ path }) => [path, scriptSource(path, 'x = 1\n')] as const);
    thread.send({ type: 'programs', root: '', programs });
    const found: string[] = [];
    const scan = (): ReturnType<ScanThread['scan']> =>
      thread.scan({ root: '', paths }, ({ path }) => void found.push(path));
    const cancelled = scan();
    cancelled.cancel();
    await cancelled.done;
    assert.deepEqual(found, []);
    await scan().done;
    assert.deepEqual(found, ['a.py', 'b.py']);
    thread.stop();
  });
});
