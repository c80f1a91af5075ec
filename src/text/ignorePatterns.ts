/** The patterns of a `.gitignore` that lies in the folder `prefix`, written for the folder above all. */
export function boundPatterns(text: string, prefix: string): string[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const patterns = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (prefix === '') return patterns;
  const folder = prefix.replace(/[\\*?[\]!#]/g, '\\$&');
  return patterns.map((pattern) => {
    const negation = pattern.startsWith('!') ? '!' : '';
    const body = pattern.slice(negation.length);
    // A slash at the start or in the middle binds a pattern to its folder; without, it holds at every depth.
    const isBound = body.trimEnd().slice(0, -1).includes('/');
    return `${negation}/${folder}/${isBound ? body.replace(/^\//, '') : `**/${body}`}`;
  });
}
