// Child processes for the scripts: output goes straight through, a failure is an error that names the command.
import { spawn, spawnSync } from 'node:child_process';

/** Runs a command to its end; asynchronous, so that timers of the caller go on. `quiet` shows output only of a failure. */
export function run(command, args, { quiet = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'];
    const child = spawn(command, args, { stdio, ...options });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk));
    child.once('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) return resolve();
      const end = `${command} ${args.join(' ')} ended with ${signal ?? `exit code ${code}`}`;
      reject(new Error([end, ...output].join('\n')));
    });
  });
}

/** Whether a command can be started and ends well. */
export function works(command, args = ['--version'], options = {}) {
  return spawnSync(command, args, { stdio: 'ignore', ...options }).status === 0;
}

/** The first of these commands that works, or undefined. */
export function firstWorking(commands, args) {
  return commands.find((command) => works(command, args));
}

/**
 * Installs Debian packages when this user can, else says which ones a person has to install. `why` starts the message.
 */
export async function installDebianPackages(packages, why) {
  const canInstall = process.getuid?.() === 0 && works('apt-get');
  if (!canInstall) throw new Error(`${why}. Please install: ${packages.join(', ')}`);
  console.log(`Installing with apt-get: ${packages.join(', ')}`);
  const options = { quiet: true, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const apt = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
  await run('apt-get', [...apt, 'update'], options);
  await run('apt-get', [...apt, 'install', '-y', '--no-install-recommends', ...packages], options);
}
