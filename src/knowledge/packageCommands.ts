/**
 * Commands of shells that install packages, as data: pip and its relatives, conda, and the package managers of operating
 * systems. One simple command is looked at here; a line is taken apart by `program/escapes/shell.ts`.
 */

/** Who installs: `pip` packages can be named in a Python project's dependency file, the others cannot. */
export type Installer = 'pip' | 'conda' | 'system' | 'other';

const PIP = /^(?:pip|pip\d(?:\.\d+)?|pipx)$/;
const PYTHON =
  /^(?:python|python\d(?:\.\d+)?|pypy\d?|py|\{sys\.executable\}|\$\{?sys\.executable\}?|\$PYTHON|\{python\})$/;
const CONDA = /^(?:conda|mamba|micromamba)$/;
const SYSTEM = /^(?:apt|apt-get|aptitude|apk|yum|dnf|zypper|pacman|brew|port|choco|winget|snap|dpkg)$/;

/** The words that start an installation, and how many words they are. */
export interface Installation {
  readonly installer: Installer;
  /** Index of the first word behind the command. */
  readonly from: number;
}

/**
 * Whether a simple command installs something, from its words without quotes. `pip list`, `apt-get update` and
 * `conda env list` do not; nor does removing.
 */
export function installationOf(words: readonly string[]): Installation | undefined {
  let at = 0;
  while (/^(?:sudo|env|time|nohup|yes|command|exec|-[A-Z]|\w+=\S*)$/.test(words[at] ?? '')) at++;
  const program = (words[at] ?? '').replace(/^.*[\\/](?=[^\\/}]+$)/, '').replace(/\.exe$/, '');
  const rest = (from: number, verbs: RegExp, installer: Installer): Installation | undefined => {
    let next = from;
    // Options may stand in front of the verb: `apt-get -y install`.
    while (words[next]?.startsWith('-')) next++;
    return verbs.test(words[next] ?? '') ? { installer, from: next + 1 } : undefined;
  };
  if (PIP.test(program)) return rest(at + 1, /^install$/, 'pip');
  if (PYTHON.test(program)) {
    const module = words.indexOf('-m', at);
    if (module > 0 && words[module + 1] === 'pip') return rest(module + 2, /^install$/, 'pip');
    if (module > 0 && words[module + 1] === 'conda') return rest(module + 2, /^install$/, 'conda');
    if (/(?:^|\/)setup\.py$/.test(words[at + 1] ?? '')) return rest(at + 2, /^(?:install|develop)$/, 'other');
    return undefined;
  }
  if (program === 'uv') {
    if (words[at + 1] === 'pip') return rest(at + 2, /^(?:install|sync)$/, 'pip');
    return rest(at + 1, /^(?:add|sync)$/, 'other');
  }
  if (CONDA.test(program)) {
    if (words[at + 1] === 'env') return rest(at + 2, /^(?:create|update)$/, 'conda');
    return rest(at + 1, /^install$/, 'conda');
  }
  if (program === 'pacman')
    return words.slice(at + 1).some((word) => /^-S/.test(word))
      ? { installer: 'system', from: at + 1 }
      : undefined;
  if (program === 'dpkg')
    return words.slice(at + 1).some((word) => /^(?:-i|--install)$/.test(word))
      ? { installer: 'system', from: at + 1 }
      : undefined;
  if (SYSTEM.test(program)) return rest(at + 1, /^(?:install|add)$/, 'system');
  if (/^(?:poetry|pdm|pixi|pipenv|hatch)$/.test(program))
    return rest(at + 1, /^(?:add|install|sync)$/, 'other');
  if (/^(?:npm|yarn|pnpm)$/.test(program)) return rest(at + 1, /^(?:install|i|add)$/, 'other');
  if (/^(?:easy_install)$/.test(program)) return { installer: 'other', from: at + 1 };
  return undefined;
}

/** Options of `pip install` and `uv pip install` that say how to install, not what. */
export const DROPPED_OPTIONS: ReadonlySet<string> = new Set(
  `-q -qq -qqq --quiet -v -vv -vvv --verbose -U --upgrade --user --no-cache-dir --no-cache -y --yes --no-input --no-color
--disable-pip-version-check --no-python-version-warning --no-warn-script-location --no-warn-conflicts
--break-system-packages --force-reinstall -I --ignore-installed --prefer-binary --require-virtualenv --system`.split(
    /\s+/,
  ),
);

export const DROPPED_OPTIONS_WITH_VALUE: ReadonlySet<string> = new Set(
  '--progress-bar --root-user-action --timeout --default-timeout --retries --upgrade-strategy --cache-dir --log'.split(
    ' ',
  ),
);
