import type { ProgramFacts } from '../semantics/facts';

/**
 * What a program does with the words behind its name: nothing; reads them with a parser that leaves our options free; or
 * in a way in which ours cannot be told from its own.
 */
export type ArgvUse = 'none' | 'parser' | 'variables';

/** Packages that read the command line themselves. */
const READERS =
  /^(?:optparse|getopt|click|typer|fire|absl|docopt|tyro|hydra|plac|simple_parsing|jsonargparse|configargparse|tap)\b/;
/** An option of the author that is ours, or that ours may be short for. */
const OWN_OPTIONS = /['"]--(?:config|data-root|log-format)/;

export function argvUse({ units }: ProgramFacts): ArgvUse {
  const text = units.map(({ unit }) => unit.text).join('\n');
  const imports = units.flatMap(({ summary }) =>
    summary.statements.flatMap(({ node }) => {
      if (node.kind === 'Import') return node.names.map(({ name }) => name);
      return node.kind === 'ImportFrom' ? [node.module] : [];
    }),
  );
  const isParsing = imports.some((name) => /^argparse\b/.test(name));
  if (/\bargv\b/.test(text) || imports.some((name) => READERS.test(name))) return 'variables';
  if (!isParsing) return 'none';
  return OWN_OPTIONS.test(text) ? 'variables' : 'parser';
}
