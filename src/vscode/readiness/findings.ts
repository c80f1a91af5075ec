import * as vscode from 'vscode';
import type { Severity } from '../../rules/rule';
import type { Range } from '../../text/position';
import { toRange } from '../diagnostics/convert';
import type { Publisher } from '../diagnostics/publisher';
import type { OpenPrograms } from '../documents/openPrograms';

/** The findings of one script or notebook, open or not. */
export interface FileFindings {
  /** The engine's path. */
  readonly path: string;
  /** The script's or the notebook's, not a cell's. */
  readonly uri: vscode.Uri;
  readonly findings: readonly FileFinding[];
}

export interface FileFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Zero-based index of the notebook's cell; null in a script. */
  readonly cell: number | null;
  /** In the cell or file; zero-based. */
  readonly range: Range;
  /** Whether there is a fix; undefined: as the rule says. */
  readonly isFixable?: boolean;
}

/** Somebody who knows findings: of the open files, or of a project's others. */
export interface FindingsSource {
  /** By engine path. Files without findings may be left out. */
  readonly findingsByFile: ReadonlyMap<string, FileFindings>;
  /** How many programs it has looked at. */
  readonly fileCount: number;
  /** It is not through yet. */
  readonly isScanning: boolean;
  readonly onDidChange: vscode.Event<unknown>;
  /** It was ended before it was through. */
  readonly isStopped?: boolean;
  /** Somebody looks at the findings, or no longer does. */
  watch?(isLookedAt: boolean): void;
}

/** The findings of open programs, as they are shown in the editors. */
export class OpenFindings implements FindingsSource {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];

  readonly onDidChange = this.#changed.event;
  readonly isScanning = false;

  constructor(
    private readonly programs: OpenPrograms,
    private readonly publisher: Publisher,
  ) {
    const changed = (): void => this.#changed.fire();
    this.#subscriptions = [
      this.#changed,
      publisher.onDidChange(changed),
      programs.onDidOpen(changed),
      programs.onDidClose(changed),
    ];
  }

  get fileCount(): number {
    return this.programs.all.length;
  }

  get findingsByFile(): ReadonlyMap<string, FileFindings> {
    const files = this.programs.all.map((program): [string, FileFindings] => {
      const findings = this.publisher.shownFor(program).map(({ finding, range }): FileFinding => ({
        rule: finding.rule,
        severity: finding.severity,
        message: finding.message,
        cell: finding.cell.cell.index,
        range,
        isFixable: finding.fixes.length > 0,
      }));
      return [program.path, { path: program.path, uri: program.uri, findings }];
    });
    return new Map(files);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

/** A finding with the file that it is in. */
export interface Place {
  readonly finding: FileFinding;
  readonly file: FileFindings;
}

/** All findings; where several sources know a file, the first one counts. In order of path and place. */
export function placesOf(sources: readonly FindingsSource[]): readonly Place[] {
  const files = new Map<string, FileFindings>();
  for (const source of sources) {
    for (const [path, file] of source.findingsByFile) if (!files.has(path)) files.set(path, file);
  }
  return [...files.values()]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap((file) => file.findings.map((finding) => ({ finding, file })));
}

/** Where a finding is shown: the script, or the cell of the notebook, which is opened if need be. */
export async function locate({ finding, file }: Place): Promise<{ uri: vscode.Uri; range: vscode.Range }> {
  return { uri: await documentUri(file.uri, finding.cell), range: toRange(finding.range) };
}

/** The URI of a cell, or that of a file. */
export async function documentUri(uri: vscode.Uri, cell: number | null): Promise<vscode.Uri> {
  if (cell === null) return uri;
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  return cell < notebook.cellCount ? notebook.cellAt(cell).document.uri : uri;
}
