import type { Stage, VerifyReport } from './report';

const MOST = 20;

/** The report for a terminal, one item a line, without a break at the end of the last. */
export function reportLines(report: VerifyReport): readonly string[] {
  const { differences, masked, notCompared, effects, settings, firstDivergingStage } = report;
  return [
    `${report.status}: ${report.reason}`,
    `compared: ${comparedText(report)}`,
    ...settings.map((setting) => `set on both sides: ${setting}`),
    ...some(differences.map(({ message, place }) => `different: ${message}${at(place)}`)),
    ...(firstDivergingStage ? [`first diverging stage: ${stageText(firstDivergingStage)}`] : []),
    ...some(
      masked.map(({ name, kind, seen }) => `masked: ${kind} ${name}: ${seen.map(quoted).join(' and ')}`),
    ),
    ...some(notCompared.map(({ what, reason }) => `not compared: ${what}: ${reason}`)),
    ...some(effects.map((effect) => `effect: ${effectText(effect)}`)),
  ];
}

/** The report as a page, for an editor's preview. */
export function reportPage(report: VerifyReport): string {
  const { differences, masked, notCompared, effects, settings, firstDivergingStage } = report;
  const section = (title: string, items: readonly string[]): string[] =>
    items.length === 0 ? [] : [`## ${title}`, '', ...items.map((item) => `- ${item}`), ''];
  return [
    `# ${TITLES[report.status]}`,
    '',
    `${code(report.original)} and ${code(report.converted)}: ${report.reason}.`,
    '',
    `Compared: ${comparedText(report)}.`,
    '',
    ...(firstDivergingStage ? [`They part first at **${stageText(firstDivergingStage)}**.`, ''] : []),
    ...section(
      'Differences',
      differences.map(({ message, place }) => `${escaped(message)}${escaped(at(place))}`),
    ),
    ...section(
      'Not the same in every run of the original, and therefore left out',
      masked.map(({ name, kind, seen }) => `${kind} ${code(name)}: ${seen.map(code).join(' and ')}`),
    ),
    ...section(
      'Not compared',
      notCompared.map(({ what, reason }) => `${escaped(what)}: ${escaped(reason)}`),
    ),
    ...section(
      'Seen outside the folder',
      effects.map((effect) => escaped(effectText(effect))),
    ),
    ...section('Set on both sides', settings.map(code)),
  ].join('\n');
}

const TITLES: Readonly<Record<VerifyReport['status'], string>> = {
  equal: 'Equal',
  different: 'Different',
  unknown: 'Not shown to be equal',
  failed: 'Not compared',
};

function comparedText({ compared }: VerifyReport): string {
  const { lines, files, values, randomStates, displays, exitStatus, exception } = compared;
  const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
  return [
    counted(lines, 'printed line'),
    counted(files, 'file'),
    counted(values, 'final value'),
    ...(randomStates > 0 ? [counted(randomStates, 'random state')] : []),
    ...(displays > 0 ? [counted(displays, 'shown value')] : []),
    exitStatus === null ? 'the signal that ended it' : `exit status ${exitStatus}`,
    ...(exception === null ? [] : [`exception ${exception}`]),
  ].join(', ');
}

function effectText({ kind, detail, held, sides }: VerifyReport['effects'][number]): string {
  const words = held
    ? 'held back: '
    : kind === 'reads'
      ? 'reads outside: '
      : kind === 'cache'
        ? 'cache: '
        : '';
  return `${words}${detail} (${sides.join(' and ')})`;
}

function at(place: Stage | null): string {
  return place ? `, at ${stageText(place)}` : '';
}

function stageText({ cell, line, stage }: Stage): string {
  const parts = [
    cell === null ? undefined : `cell ${cell + 1}`,
    line === null ? undefined : `line ${line + 1}`,
  ];
  const where = parts.filter((part) => part !== undefined).join(', ');
  return stage === null ? where : `${stage} (${where})`;
}

function some(items: readonly string[]): string[] {
  return items.length <= MOST
    ? [...items]
    : [...items.slice(0, MOST), `... and ${items.length - MOST} more of these`];
}

function quoted(text: string): string {
  const shown = JSON.stringify(text);
  return shown.length > 100 ? `${shown.slice(0, 100)}...` : shown;
}

function code(text: string): string {
  const shown = text.length > 100 ? `${text.slice(0, 100)}...` : text;
  const fence = '`'.repeat(Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return shown === '' ? '(nothing)' : `${fence} ${shown.replace(/\s+/g, ' ')} ${fence}`;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#]/g, '\\$&').replace(/\s+/g, ' ');
}
