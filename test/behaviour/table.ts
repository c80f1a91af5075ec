import type { Attempt } from './attempt';
import type { Command } from './commands';

const VERDICTS = ['done', 'nothing', 'refused', 'wrong'] as const;

/** How often each command did something, with the refusals that no case allows and all that is wrong. */
export function tableOf(commands: readonly Command[], attempts: readonly Attempt[]): string {
  const rows = commands.map((command) => {
    const own = attempts.filter((each) => each.command === command);
    const counts = VERDICTS.map((verdict) => String(own.filter((each) => each.verdict === verdict).length));
    return [command.name, String(own.length), ...counts];
  });
  const table = [['command', 'attempts', ...VERDICTS], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const shapes = commands.filter(({ makesStages }) => makesStages).map((each) => sharesOf(each, attempts));
  const lines = table.map((row) => row.map((text, i) => text.padEnd(widths[i]!)).join('  '));
  const remarks = attempts.flatMap(({ of, command, verdict, details }) => {
    const isAllowed = command.name in of.mayRefuse || command.name in of.mustRefuse;
    if (verdict === 'wrong') return [`wrong: ${command.name} of ${of.name}: ${details.join('; ')}`];
    if (verdict !== 'refused' || isAllowed || command.isRepeatable) return [];
    return [`refused, which no case asks for: ${command.name} of ${of.name}: ${details.join('; ')}`];
  });
  return [...lines, ...shapes, ...remarks].join('\n');
}

/** How many of the programs' running statements ended in stages, 0 to 1, over all results of a command. */
export function stagedShare(command: Command, attempts: readonly Attempt[]): number {
  const shapes = attempts.flatMap((each) => (each.command === command && each.shape ? [each.shape] : []));
  const running = shapes.reduce((sum, shape) => sum + shape.running, 0);
  return running === 0 ? 1 : shapes.reduce((sum, shape) => sum + shape.staged, 0) / running;
}

function sharesOf(command: Command, attempts: readonly Attempt[]): string {
  const share = (stagedShare(command, attempts) * 100).toFixed(1);
  const left = attempts.flatMap((each) =>
    each.command === command ? (each.shape?.left ?? []).map((what) => `  ${each.of.name}: ${what}`) : [],
  );
  return [`${command.name}: ${share} % of top-level statements are in stages; the others:`, ...left].join(
    '\n',
  );
}
