const KEYWORDS = new Set(
  'false none true and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

/** Whether Python can import a package of this name. */
export function isPackageName(text: string): boolean {
  return /^[A-Za-z_]\w*$/.test(text) && !KEYWORDS.has(text.toLowerCase());
}

/**
 * The name that a package gets where nobody has given one: that of the file, made one that Python can import. Where the
 * script itself lies, `python -m` with the script's own name would run the script.
 */
export function packageNameOf(fileName: string): string {
  const name = fileName
    .replace(/\.(?:py|ipynb)$/, '')
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  if (name === '' || KEYWORDS.has(name)) return `${name}_package`.replace(/^_/, '');
  const own = /^\d/.test(name) ? `package_${name}` : name;
  return fileName.endsWith('.py') ? `${own}_pipeline` : own;
}
