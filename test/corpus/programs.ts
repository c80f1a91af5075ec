import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { cacheRoot, fingerprint, installOnce } from '../../scripts/cache.mjs';
import { filesBelow } from '../support/folders';
import type { Subject } from '../support/programs/program';
import { ROOT, runPython } from '../support/run';
import { type CorpusFile, packageCorpus } from './corpus';

const OWN = path.join(ROOT, 'test', 'data', 'programs');
const REQUIREMENTS = path.join(ROOT, 'test', 'python', 'programs.txt');
/** Where source distributions keep programs that are meant to be run. */
const EXAMPLES = new RegExp(
  '^(?:(?:scikit-learn|networkx|imbalanced-learn)/examples|statsmodels/examples/(?:python|notebooks)|' +
    'matplotlib/galleries|PyWavelets/demo|xarray/doc|imbalanced-learn/doc/_build/html/_downloads)/',
);
/** Needs a network, a window, or packages that are not here. */
const ELSEWHERE =
  /fetch_(?!_)|urlopen|get_rdataset|load_dataset\(|tutorial\.|requests\.|webbrowser|tkinter|[gG]tk|PyQt|\bwx\b|polars/;

/** Programs written for these tests, as researchers write them. */
export function ownPrograms(): Subject[] {
  return filesBelow(OWN)
    .filter((name) => /\.(?:py|ipynb)$/.test(name))
    .map((name) => subjectOf({ name: `own/${name}`, absolute: path.join(OWN, name) }));
}

/** Public examples that print something and look as if they ran anywhere; whether they do, a run says. */
export async function publicPrograms(packages?: string): Promise<Subject[]> {
  const { scripts, notebooks } = await packageCorpus();
  return [...scripts, ...notebooks].filter(isCandidate).map((file) => subjectOf(file, packages));
}

/** The public programs of these names. */
export async function publicProgramsNamed(names: readonly string[]): Promise<Subject[]> {
  const found = (await publicPrograms()).filter(({ name }) => names.includes(name));
  assert.deepEqual(found.map(({ name }) => name).sort(), [...names].sort(), 'programs are not in the corpus');
  return found;
}

/** What public programs import beside the test environment, installed once; the folder. */
export function programPackages(): Promise<string> {
  const list = fs.readFileSync(REQUIREMENTS, 'utf8');
  const base = fs.readFileSync(path.join(path.dirname(REQUIREMENTS), 'requirements.txt'), 'utf8');
  const folder = path.join(cacheRoot(), `programs-${fingerprint(list, base)}`);
  return installOnce(folder, 'packages of public programs', async (temporary) => {
    const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--target', temporary];
    const pip = ['-m', 'pip', 'install', ...options, '-r', REQUIREMENTS];
    const { status, stderr } = await runPython(pip, { cwd: ROOT, timeoutMs: 600_000 });
    assert.equal(status, 0, `the packages could not be installed: ${stderr}`);
  });
}

function isCandidate({ name, absolute }: CorpusFile): boolean {
  if (!EXAMPLES.test(name)) return false;
  const text = fs.readFileSync(absolute, 'utf8');
  return !ELSEWHERE.test(text) && text.split('print(').length > 2;
}

function subjectOf({ name, absolute }: CorpusFile, packages?: string): Subject {
  const program = path.basename(name);
  return { name, program, files: [[program, absolute]], ...(packages !== undefined && { packages }) };
}
