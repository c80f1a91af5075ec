import { DROPPED_OPTIONS, DROPPED_OPTIONS_WITH_VALUE, installationOf } from '../../knowledge/packageCommands';
import type { ShellCommand } from '../../program/escapes/shell';
import { type ShellUse, installations } from './shellUses';

/** A package as a dependency file can name it. */
export interface Requirement {
  /** As it stands there: `transformers==4.40.0`, `umap-learn`, `git+https://...`. */
  readonly text: string;
  /** The distribution's name; undefined for a URL that does not tell it. */
  readonly name: string | undefined;
}

const NAME =
  /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[\w\s,.-]*\])?\s*(?:(?:[<>=!~]=?|===)\s*[\w.*+!-]+\s*,?\s*)*(?:;.*)?$/;
const FILTERS = /^(?:tail|head|grep|egrep|tee|cat|sed|awk)$/;

/** What a line installs, or why a dependency file cannot say it; one sentence without a full stop. */
export function installedPackages(use: ShellUse): readonly Requirement[] | string {
  const { line, installer } = use;
  if (!line || installer === undefined) return 'the line installs nothing';
  if (installer === 'conda')
    return 'conda packages have names of their own, which are none of Python’s dependency files';
  if (installer === 'system') return 'system packages belong into the image or machine that runs this';
  if (installer !== 'pip') return 'what it installs is said in files of its own';
  const own = installations(line);
  const others = line.commands.filter((command) => !own.includes(command) && !isFilter(command));
  if (!line.isSimple || others.length > 0) return 'the line runs other commands, too';
  const requirements: Requirement[] = [];
  for (const command of own) {
    const found = requirementsOf(command);
    if (typeof found === 'string') return found;
    requirements.push(...found);
  }
  return requirements.length > 0 ? requirements : 'the line names no package';
}

/** `| tail -n 1` behind an installation, to see less of it. */
function isFilter({ operator, words }: ShellCommand): boolean {
  return operator === '|' && FILTERS.test(words[0]?.text ?? '');
}

function requirementsOf({ words, redirections }: ShellCommand): Requirement[] | string {
  if (redirections.some((file) => file.startsWith('=') || /^\d/.test(file))) {
    return 'the shell takes a version behind > or < for a file: quote it';
  }
  const from = installationOf(words.map(({ text }) => text))?.from ?? words.length;
  const requirements: Requirement[] = [];
  for (let at = from; at < words.length; at++) {
    const { text, isLiteral } = words[at]!;
    if (text.startsWith('-')) {
      const name = text.split('=', 1)[0]!;
      if (DROPPED_OPTIONS_WITH_VALUE.has(name)) {
        if (name === text) at++;
      } else if (!DROPPED_OPTIONS.has(name)) {
        return `the option ${name} cannot be said in every dependency file`;
      }
      continue;
    }
    if (!isLiteral) return `what ${text} stands for is known only when the line runs`;
    const requirement = requirementOf(text);
    if (typeof requirement === 'string') return requirement;
    requirements.push(requirement);
  }
  return requirements;
}

function requirementOf(text: string): Requirement | string {
  const direct = /^([A-Za-z0-9][\w.-]*)(\[[^\]]*\])?\s*@\s*\S+:\/\/\S+$/.exec(text);
  if (direct) return { text, name: direct[1] };
  if (/^(?:git|hg|svn|bzr)\+\w+:\/\//.test(text)) {
    const egg = /#(?:.*&)?egg=([\w.-]+)/.exec(text)?.[1];
    return egg === undefined
      ? { text, name: undefined }
      : { text: `${egg} @ ${text.replace(/#.*$/, '')}`, name: egg };
  }
  if (/^\.|[\\/]|\.(?:whl|zip|tar\.gz|tgz)$/.test(text)) return `${text} is a file, not a package by name`;
  const name = NAME.exec(text)?.[1];
  return name === undefined ? `${text} is no requirement that can be read` : { text, name };
}
