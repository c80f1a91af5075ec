// Where big things that tests need are kept between runs (outside the repository), and how they get there whole.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const STAMP = '.complete.json';
const HEARTBEAT = '.heartbeat';
/** An install whose heartbeat is older than this was interrupted. */
const ABANDONED_MS = 30_000;

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
  const partial = `${directory}.partial`;
  fs.mkdirSync(path.dirname(directory), { recursive: true });
  for (let told = false; ; told = true) {
    if (isComplete(directory)) return directory;
    if (claim(partial)) break;
    if (!told) console.log(`Waiting for another process that is setting up ${what}`);
    await delay(500);
  }

  if (isComplete(directory)) {
    // The other process finished between the two looks.
    fs.rmSync(partial, { recursive: true, force: true });
    return directory;
  }
  const beat = () => fs.writeFileSync(path.join(partial, HEARTBEAT), '');
  const heart = setInterval(beat, 2000);
  const started = Date.now();
  console.log(`Setting up ${what} in ${directory} (once)`);
  try {
    beat();
    fs.rmSync(directory, { recursive: true, force: true });
    await fill(partial, directory);
    clearInterval(heart);
    fs.rmSync(path.join(partial, HEARTBEAT));
    fs.writeFileSync(path.join(partial, STAMP), `${JSON.stringify({ what })}\n`);
    fs.renameSync(partial, directory);
  } catch (error) {
    clearInterval(heart);
    fs.rmSync(partial, { recursive: true, force: true });
    throw error;
  }
  console.log(`Set up ${what} in ${Math.round((Date.now() - started) / 1000)} s`);
  return directory;
}

/** Makes the folder, which only one process can; takes it over from an install that shows no sign of life. */
function claim(partial) {
  try {
    fs.mkdirSync(partial);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const signs = [partial, path.join(partial, HEARTBEAT)].map((file) =>
    fs.statSync(file, { throwIfNoEntry: false }),
  );
  const lastSign = Math.max(...signs.map((stat) => stat?.mtimeMs ?? 0));
  if (Date.now() - lastSign > ABANDONED_MS) fs.rmSync(partial, { recursive: true, force: true });
  return false;
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
