// Makes the Python environment that tests run real programs in: exactly test/python/requirements.txt.
// `node scripts/setup-python.mjs [--without-torch]` prints the path of its python. Torch is 5 GB; `GRADUATE_TORCH=0`
// leaves it out as the option does (tests of torch programs then say that they cannot run).
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheRoot, fingerprint, installOnce, needSpace } from './cache.mjs';
import { installDebianPackages, run } from './run.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const REQUIREMENTS = path.join(root, 'test/python/requirements.txt');
const TORCH_PART = '# torch and what only torch needs';
const CANDIDATES = ['python3.11', 'python3', 'python3.12', 'python3.13'];
/** Raise it when the steps below change, so that existing environments are made anew. */
const RECIPE = 1;

export async function ensurePython({ withTorch = process.env.GRADUATE_TORCH !== '0' } = {}) {
  const base = await findPython();
  const requirements = readRequirements(withTorch);
  const directory = path.join(cacheRoot(), `venv-${fingerprint(requirements, base.version, RECIPE)}`);
  await installOnce(directory, `Python ${base.version} with the test packages`, async (temporary, final) => {
    needSpace(temporary, withTorch ? 7000 : 1000, 'The Python test environment');
    await run(base.command, ['-m', 'venv', temporary]);
    const list = path.join(temporary, 'requirements.txt');
    fs.writeFileSync(list, requirements);
    // No cache: it would hold the same gigabytes once more.
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--no-cache-dir',
      '-r',
      list,
    ];
    await run(path.join(temporary, 'bin/python'), pip);
    moveScripts(temporary, final);
  });
  return path.join(directory, 'bin/python');
}

function readRequirements(withTorch) {
  const text = fs.readFileSync(REQUIREMENTS, 'utf8');
  if (withTorch) return text;
  const at = text.indexOf(TORCH_PART);
  if (at < 0) throw new Error(`${REQUIREMENTS} has no line that starts with "${TORCH_PART}"`);
  return text.slice(0, at);
}

/** A Python that can make environments; the pins were resolved on 3.11, which is therefore asked first. */
async function findPython() {
  const found = searchPython();
  if (found) return found;
  const why = 'The tests need Python 3.11 or newer with its venv module';
  await installDebianPackages(['python3', 'python3-venv'], why);
  const installed = searchPython();
  if (!installed) throw new Error(`${why}; apt-get installed none`);
  return installed;
}

function searchPython() {
  const probe = 'import sys, venv, ensurepip; print("%d.%d.%d" % sys.version_info[:3])';
  for (const command of CANDIDATES) {
    const { status, stdout } = spawnSync(command, ['-c', probe], { encoding: 'utf8' });
    const [major, minor] = (stdout ?? '').trim().split('.').map(Number);
    if (status === 0 && major === 3 && minor >= 11) return { command, version: stdout.trim() };
  }
  return undefined;
}

/** The scripts of an environment name its folder in their first line; it was made elsewhere and is renamed at the end. */
function moveScripts(temporary, final) {
  const bin = path.join(temporary, 'bin');
  for (const name of fs.readdirSync(bin)) {
    const file = path.join(bin, name);
    if (!fs.lstatSync(file).isFile()) continue;
    const text = fs.readFileSync(file, 'utf8');
    if (text.includes(temporary)) fs.writeFileSync(file, text.replaceAll(temporary, final));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const withTorch = !process.argv.includes('--without-torch') && process.env.GRADUATE_TORCH !== '0';
  console.log(await ensurePython({ withTorch }));
}
