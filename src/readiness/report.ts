import type { ProjectFact } from './facts';
import type { Evidence, ProbeOutcome } from './probe';

export const OUTCOME_WORDS: Readonly<Record<ProbeOutcome, string>> = {
  yes: 'yes',
  no: 'no',
  unknown: 'unknown',
  'not-applicable': 'not applicable',
};

/** A place as a person reads it: `churn.ipynb, cell 6, line 7`; one-based. */
export function placeName({ path, cell, line }: Pick<Evidence, 'path' | 'cell' | 'line'>): string {
  const parts = [path === '' ? 'the project' : plainPath(path)];
  if (cell !== null) parts.push(`cell ${cell + 1}`);
  if (line !== null) parts.push(`line ${line + 1}`);
  return parts.join(', ');
}

/** What lies outside the project has its scheme before it: `/file//home/petra/a.py`, `/untitled:/Untitled-1`. */
function plainPath(path: string): string {
  return path.replace(/^\/[^/:]+:\/|^\/[^/:]+\/[^/]*(?=\/)/, '');
}

/**
 * The facts as Markdown, each with what it rests on and what it cannot see.
 *
 * @param linkOf Where a place is, for who can follow links.
 */
export function factsReport(
  facts: readonly ProjectFact[],
  linkOf: (evidence: Evidence) => string | undefined = () => undefined,
): string {
  const lines = ['# Project facts', ''];
  for (const { probe, outcome, summary, evidence } of facts) {
    lines.push(`## ${probe.title}: ${OUTCOME_WORDS[outcome]}`, '', `${probe.question}`, '');
    lines.push(`**${sentence(escaped(summary))}**`, '');
    for (const each of evidence) {
      const name = escaped(placeName(each));
      const link = linkOf(each);
      lines.push(`- ${link === undefined ? name : `[${name}](${link})`}: ${escaped(each.message)}`);
    }
    if (evidence.length > 0) lines.push('');
    lines.push(`*Not to be seen here:* ${probe.cannotSee}`, '');
  }
  return lines.join('\n');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Names of files and code may hold what Markdown takes for its own. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&');
}
