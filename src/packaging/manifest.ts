/** The file by which Graduate knows a folder as one that it has written, and what it wrote there. */
export const MANIFEST = '.graduate-package.json';

/** The decisions that led to a package; another conversion follows them. */
export const PLAN_FILE = 'plan.yaml';

/** Digests of the files as they were written, by path. */
export type Manifest = Readonly<Record<string, string>>;

export function manifestText(files: Manifest): string {
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ version: 1, files: sorted }, undefined, 2)}\n`;
}

/** Undefined for a text that is no manifest. */
export function readManifest(text: string): Manifest | undefined {
  try {
    const { version, files } = JSON.parse(text) as { version?: unknown; files?: unknown };
    if (version !== 1 || typeof files !== 'object' || files === null) return undefined;
    const entries = Object.entries(files).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return Object.fromEntries(entries);
  } catch {
    return undefined;
  }
}
