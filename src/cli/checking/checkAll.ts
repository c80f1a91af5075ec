import { availableParallelism } from 'node:os';
import { Progress } from '../progress';
import type { FoundPrograms } from '../programs';
import type { Session } from '../session';
import { statOf } from '../stat';
import { type FileResult, checkFile, failedFile, tellRemarks } from './checkFile';
import { runInPool } from './pool';
import { startChecker } from './worker';

/**
 * Less than this is checked before another thread has started: one takes about 150 ms and its own memory for the
 * parser. Notebooks are mostly outputs, so their bytes count less.
 */
const WORTH_BYTES = 2_000_000;
const NOTEBOOK_SHARE = 0.1;
/** More threads than this are no faster: each reads the project's modules for itself. */
const MOST_JOBS = 8;

export interface CheckOptions {
  /** How many files at a time; undefined: as many as are worth it. */
  readonly jobs: number | undefined;
  /** Whether each finding's details are wanted. */
  readonly wantsDetails: boolean;
}

/**
 * Checks all files and tells what there is to tell of them, in their order, whatever the number of jobs is.
 *
 * @returns One result per file, in their order.
 */
export async function checkAll(
  session: Session,
  { programs, files }: FoundPrograms,
  { jobs, wantsDetails }: CheckOptions,
): Promise<readonly FileResult[]> {
  const progress = new Progress(session.io, 'checking', programs.length);
  const size = Math.min(jobs ?? worthwhileJobs(files), programs.length);
  const results: FileResult[] = [];
  if (size < 2) {
    for (const program of programs) {
      progress.step(program.shown);
      const result = await checkFile(program, wantsDetails);
      tellRemarks(session, program.shown, result.remarks);
      results.push(result);
    }
  } else {
    let told = 0;
    await runInPool<FileResult>({
      size,
      count: programs.length,
      start: () => startChecker(session.folder, files, wantsDetails),
      died: (_index, error) => failedFile(error),
      done: (index, result) => {
        progress.step(programs[index]!.shown);
        results[index] = result;
        for (; results[told]; told++) tellRemarks(session, programs[told]!.shown, results[told]!.remarks);
      },
    });
  }
  progress.end();
  return results;
}

function worthwhileJobs(files: FoundPrograms['files']): number {
  const most = Math.min(availableParallelism(), MOST_JOBS);
  if (most < 2 || files.length < 2) return 1;
  let bytes = 0;
  for (const { absolute } of files) {
    bytes += (statOf(absolute)?.size ?? 0) * (absolute.endsWith('.ipynb') ? NOTEBOOK_SHARE : 1);
    if (bytes >= WORTH_BYTES) return most;
  }
  return 1;
}
