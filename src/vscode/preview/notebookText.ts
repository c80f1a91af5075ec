/** A cell as a preview shows it. */
export interface PreviewCell {
  readonly isMarkdown: boolean;
  readonly languageId: string;
  readonly source: string;
  /** How many saved outputs it has, where the change takes some out. */
  readonly outputs?: number | undefined;
}

/**
 * A notebook as Python text with `# %%` lines, for the two sides of a diff: a notebook's file is JSON, in which nobody
 * finds a change of code.
 */
export function notebookText(cells: readonly PreviewCell[]): string {
  return cells.map((cell) => `${headOf(cell)}\n${bodyOf(cell)}\n`).join('\n');
}

function headOf({ isMarkdown, languageId }: PreviewCell): string {
  if (isMarkdown) return '# %% [markdown]';
  return languageId === 'python' ? '# %%' : `# %% [${languageId}]`;
}

function bodyOf({ isMarkdown, languageId, source, outputs }: PreviewCell): string {
  const code = source.replace(/\r\n|\r/g, '\n').replace(/\n+$/, '');
  // Not the outputs themselves: what is taken out may be what nobody is to see.
  const text = outputs === undefined ? code : `${code}\n# saved outputs: ${outputs}`;
  if (!isMarkdown && languageId === 'python') return text;
  return text
    .split('\n')
    .map((line) => (line === '' ? '#' : `# ${line}`))
    .join('\n');
}
