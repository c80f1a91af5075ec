import path from 'node:path';
import { RULES } from '../../src/rules/registry';
import { type CheckOutput, parseOutput } from '../support/contract';
import { withFolder } from '../support/folders';
import { runCli } from '../support/run';
import type { CorpusFile } from './corpus';
import { layOut } from './layOut';
import { type RefactorFigures, fixAndJudge } from './refactorCheck';

/** The rules whose findings may have a fix that is applied without further questions. */
export function fixableRules(): readonly string[] {
  return RULES.filter(({ fixes }) => fixes.some((kind) => kind === 'keeps' || kind === 'changes')).map(
    ({ name }) => name,
  );
}

/** The files in which each rule fires, by one check of all of them. */
export async function filesByRule(
  files: readonly CorpusFile[],
): Promise<ReadonlyMap<string, readonly CorpusFile[]>> {
  return withFolder(async (folder) => {
    const laidOut = layOut(files, folder, false);
    const result = await runCli(['check', '--format', 'json', '.'], { cwd: folder, timeoutMs: 1_800_000 });
    const byFolder = new Map(laidOut.map((each) => [path.dirname(each.path), each.file]));
    const found = new Map<string, Set<CorpusFile>>();
    for (const { rule, path: name } of parseOutput<CheckOutput>(result).diagnostics) {
      const file = byFolder.get(path.dirname(name))!;
      const same = found.get(rule);
      if (same) same.add(file);
      else found.set(rule, new Set([file]));
    }
    return new Map([...found].map(([rule, set]) => [rule, [...set]]));
  });
}

/** Applies the fixes of one rule, those that change behaviour too; of all rules where none is named. */
export function fixRule(rule: string | undefined, files: readonly CorpusFile[]): Promise<RefactorFigures> {
  return withFolder((folder) => {
    const options = rule === undefined ? ['--unsafe'] : ['--unsafe', '--rule', rule];
    return fixAndJudge(layOut(files, folder, false), folder, options);
  });
}
