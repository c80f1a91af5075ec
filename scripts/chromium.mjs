// The browser that is VS Code's window in tests and in `npm start`: one that is installed, else Debian's.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installDebianPackages } from './run.mjs';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** The path of a Chromium (`CHROMIUM` names one that is elsewhere), or undefined. */
export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (!fs.existsSync(named)) throw new Error(`CHROMIUM names ${named}, which does not exist`);
    return named;
  }
  return USUAL.find((file) => fs.existsSync(file));
}

export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  const why = 'The editor tests need Chromium or Google Chrome (CHROMIUM may name its path)';
  // Without a font package every letter in the screenshots is a box.
  await installDebianPackages(['chromium', 'fonts-dejavu-core'], why);
  const installed = findChromium();
  if (!installed) throw new Error(`${why}: apt-get installed none`);
  return installed;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await ensureChromium());
