import { availableParallelism } from 'node:os';
import { Progress } from '../progress';
import type { FoundPrograms } from '../programs';
import type { Session } from '../session';
import { statOf } from '../../machine/stat';
import { type FileResult, checkFile, failedFile, tellRemarks } from './checkFile';
import { runInPool } from './pool';
import { startChecker } from './worker';

/**
 * A thread for so much source. It has to start, to warm up and to read the project's modules for itself, which costs
 * 1 to 2 s of computing in a project of 150 files; half a megabyte takes as long.
 */
const BYTES_PER_JOB = 350_000;
/** Notebooks are mostly outputs. */
const NOTEBOOK_SHARE = 0.1;
/** Each needs about 80 MB. */
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
  let bytes = 0;
  for (const { absolute } of files) {
    if (bytes >= most * BYTES_PER_JOB) break;
    bytes += (statOf(absolute)?.size ?? 0) * (absolute.endsWith('.ipynb') ? NOTEBOOK_SHARE : 1);
  }
  return Math.max(1, Math.min(most, Math.floor(bytes / BYTES_PER_JOB)));
}
