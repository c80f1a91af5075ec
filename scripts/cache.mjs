// Where big things that tests need are kept between runs (outside the repository), and how they get there whole.
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const STAMP = '.complete.json';
const HEARTBEAT = '.heartbeat';
/** An install whose heartbeat is older than this was interrupted. */
const ABANDONED_MS = 60_000;

/** `GRADUATE_CACHE`, else `~/.cache/graduate`. Everything in it can be deleted at any time; it is made again. */
export function cacheRoot() {
  return path.resolve(process.env.GRADUATE_CACHE || path.join(os.homedir(), '.cache', 'graduate'));
}

/** A short name for exactly these inputs: other pins make another folder, so nothing is ever updated in place. */
export function fingerprint(...inputs) {
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 12);
}

export function isComplete(directory) {
  return fs.existsSync(path.join(directory, STAMP));
}

/**
 * Runs `fill(temporary, final)` unless `directory` is complete. The work is done in a folder beside it, stamped last and
 * then renamed: an interrupted install is never taken for a finished one, and is removed by the next run. When another
 * process is already at it, this one waits for it.
 */
export async function installOnce(directory, what, fill) {
  if (isComplete(directory)) return directory;
  await othersGone(directory, what);
  if (isComplete(directory)) return directory;

  fs.rmSync(directory, { recursive: true, force: true });
  const partial = `${directory}.partial-${randomUUID().slice(0, 8)}`;
  fs.mkdirSync(partial, { recursive: true });
  const beat = () => fs.writeFileSync(path.join(partial, HEARTBEAT), '');
  beat();
  const heart = setInterval(beat, 5000);
  const started = Date.now();
  console.log(`Setting up ${what} in ${directory} (once)`);
  try {
    await fill(partial, directory);
    clearInterval(heart);
    fs.rmSync(path.join(partial, HEARTBEAT), { force: true });
    fs.writeFileSync(path.join(partial, STAMP), `${JSON.stringify({ what })}\n`);
    fs.renameSync(partial, directory);
  } catch (error) {
    fs.rmSync(partial, { recursive: true, force: true });
    // Another process finished the same thing first.
    if (isComplete(directory)) return directory;
    throw error;
  } finally {
    clearInterval(heart);
  }
  console.log(`Set up ${what} in ${Math.round((Date.now() - started) / 1000)} s`);
  return directory;
}

/** Removes what interrupted installs left, and waits for those that are still running. */
async function othersGone(directory, what) {
  const prefix = `${path.basename(directory)}.partial-`;
  const parent = path.dirname(directory);
  for (let told = false; ; told = true) {
    const partials = fs.existsSync(parent)
      ? fs.readdirSync(parent).filter((name) => name.startsWith(prefix))
      : [];
    const running = partials.filter((name) => {
      const folder = path.join(parent, name);
      const beat = fs.statSync(path.join(folder, HEARTBEAT), { throwIfNoEntry: false });
      const isAlive = beat !== undefined && Date.now() - beat.mtimeMs < ABANDONED_MS;
      if (!isAlive) fs.rmSync(folder, { recursive: true, force: true });
      return isAlive;
    });
    if (running.length === 0) return;
    if (!told) console.log(`Waiting for another process that is setting up ${what}`);
    await delay(1000);
  }
}

/** Fails early, with words, instead of late with a half-written disk. */
export function needSpace(directory, megabytes, what) {
  const stat = fs.statfsSync(directory);
  const free = Math.floor((stat.bavail * stat.bsize) / 1e6);
  if (free < megabytes) {
    throw new Error(
      `${what} needs ${megabytes} MB, ${free} MB are free where ${directory} is (GRADUATE_CACHE moves it)`,
    );
  }
}
