// Child processes for the scripts: output goes straight through, a failure is an error that names the command.
import { spawn, spawnSync } from 'node:child_process';

/** Runs a command to its end; asynchronous, so that timers of the caller go on. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.once('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? `exit code ${code}`}`));
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
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Use-Pty=0'];
  await run('apt-get', [...quiet, 'update'], { env });
  await run('apt-get', [...quiet, 'install', '-y', '--no-install-recommends', ...packages], { env });
}
