/** A cell as a preview shows it. */
export interface PreviewCell {
  readonly isMarkdown: boolean;
  readonly languageId: string;
  readonly source: string;
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

function bodyOf({ isMarkdown, languageId, source }: PreviewCell): string {
  const text = source.replace(/\r\n|\r/g, '\n').replace(/\n+$/, '');
  if (!isMarkdown && languageId === 'python') return text;
  return text
    .split('\n')
    .map((line) => (line === '' ? '#' : `# ${line}`))
    .join('\n');
}
