import fs from 'node:fs';

/** What lies at a path, behind links too; undefined if nothing can be seen there, for whatever reason. */
export function statOf(absolute: string): fs.Stats | undefined {
  try {
    return fs.statSync(absolute, { throwIfNoEntry: false });
  } catch {
    // Links in a circle, or a folder that may not be entered.
    return undefined;
  }
}
