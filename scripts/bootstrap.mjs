// Installs node_modules when they are missing or are not what package-lock.json says. Plain Node with no dependencies:
// it is the first thing every npm command runs on a fresh machine.
// Versions are compared, not file times: a checkout touches the lock file without changing it, and an interrupted
// install leaves new files without being complete (npm writes its own record last).
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** What is wrong with the installed packages, or undefined when nothing is. */
function staleness(directory) {
  const read = (file) => JSON.parse(fs.readFileSync(path.join(directory, file), 'utf8')).packages;
  const record = 'node_modules/.package-lock.json';
  if (!fs.existsSync(path.join(directory, record))) return 'node_modules are missing';
  const wanted = read('package-lock.json');
  const installed = read(record);
  for (const [name, entry] of Object.entries(wanted)) {
    if (name === '' || entry.link) continue;
    // Packages for other platforms are optional and absent.
    if (installed[name] === undefined && entry.optional) continue;
    if (installed[name]?.version !== entry.version) return `${name} is not at ${entry.version}`;
    if (!fs.existsSync(path.join(directory, name))) return `${name} is missing`;
  }
  return undefined;
}

const [major, minor] = process.versions.node.split('.').map(Number);
const reason = staleness(root);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Graduate needs Node 20.19 or newer; this is ${process.version}`);
  process.exitCode = 1;
} else if (reason) {
  console.log(`Installing the development packages (${reason})`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'];
  const { status, error } = spawnSync(npm, args, { cwd: root, stdio: 'inherit', shell: npm === 'npm.cmd' });
  if (error) console.error(`npm could not be started: ${error.message}`);
  process.exitCode = status ?? 1;
}
