import { RULES, ruleNamed } from '../../rules/registry';
import { type Command, FORMAT_OPTION } from '../command';
import { type ExitStatus, UsageError } from '../exit';
import { Fixer } from '../fixing';
import { counted } from '../places';
import { Progress } from '../progress';
import { findPrograms } from '../programs';
import { type ChangeResult, diffOf, printResult, statusOf, writeChanges } from '../results';

export const fix: Command = {
  name: 'fix',
  synopsis: '[PATH ...] [--rule NAME ...] [--unsafe] [--diff] [--format text|json]',
  summary: 'applies the fixes that keep behaviour, until nothing more applies',
  details: [
    'A fix that is refused is listed with its reason and stops nothing else: the exit status is 0, also where nothing',
    'could be fixed. Files that one fix changes together are written together or not at all.',
  ].join('\n'),
  options: {
    rule: {
      type: 'string',
      multiple: true,
      value: 'NAME ...',
      help: 'only the fixes of these rules',
      takes: (word) => ruleNamed(word) !== undefined,
    },
    unsafe: { type: 'boolean', help: 'also the fixes that change behaviour on purpose' },
    diff: { type: 'boolean', help: 'writes nothing and prints what would change' },
    ...FORMAT_OPTION,
  },
  async run(session, args): Promise<ExitStatus> {
    const format = args.choice('format', ['text', 'json']);
    const rules = rulesOf(args.list('rule'));
    const { programs, projects } = await findPrograms(session, args.positionals, {
      isWriting: true,
    });
    const fixer = new Fixer(session, {
      kinds: new Set(args.flag('unsafe') ? ['keeps', 'changes'] : ['keeps']),
      rules,
    });
    await fixer.fix(programs, new Progress(session.io, 'fixing', programs.length));
    const diff = args.flag('diff') ? diffOf(session, projects) : undefined;
    const written = diff === undefined ? writeChanges(session, projects) : [];
    const hasChanged = written.length > 0 || Boolean(diff);
    const { notes, refusals } = fixer.remarks;
    const result: ChangeResult = { status: hasChanged ? 'done' : 'nothing', written, notes, refusals, diff };
    printResult(session, result, format, summaryOf(result, fixer.fixed, programs.length));
    return statusOf(session, result);
  },
};

function rulesOf(names: readonly string[]): ReadonlySet<string> | undefined {
  if (names.length === 0) return undefined;
  const rules = names.flatMap((name) => name.split(',')).map((name) => name.trim());
  for (const name of rules) {
    if (!ruleNamed(name)) {
      const known = RULES.map((rule) => rule.name).join(', ');
      throw new UsageError(`there is no rule "${name}"; there are: ${known}`);
    }
  }
  return new Set(rules);
}

function summaryOf({ status, written, refusals, diff }: ChangeResult, fixed: number, files: number): string {
  const left = refusals.length > 0 ? `; ${counted(refusals.length, 'fix', 'fixes')} refused` : '';
  if (status === 'nothing') return `Nothing changed in ${counted(files, 'file')}${left}`;
  const findings = counted(fixed, 'finding');
  if (diff !== undefined) return `Would fix ${findings}${left}`;
  return `Fixed ${findings}, wrote ${counted(written.length, 'file')}${left}`;
}
