import { addEntries } from '../../config/document';
import type { Finding, Rule } from '../../rules/rule';
import { hardCodedDevice } from '../../rules/configuration/hardCodedDevice';
import { hardCodedPath } from '../../rules/configuration/hardCodedPath';
import { hardCodedUrl } from '../../rules/configuration/hardCodedUrl';
import { covers, suppressionsOf } from '../../rules/suppression';
import type { FileChange } from '../../text/change';
import { EditSet, type TextEdit } from '../../text/edit';
import type { Note, Refusal } from '../../text/refusal';
import type { Workspace } from '../../text/workspace';
import type { CodeCell } from '../../semantics/facts';
import { changedCells } from '../cellChange';
import type { AnalysedProgram, Outcome } from '../outcome';
import { refusalInCell } from '../places';
import { addPyYaml } from './dependencies';
import { deviceLiteralOf } from './deviceLiterals';
import { selfReadings, unknownBindersBefore } from './guards';
import { keyFor } from './keys';
import { revealingListings } from './listings';
import { type ConfigLiteral, literalOf } from './literals';
import { planLoading } from './loading';
import { importedObstacles, projectObstacles } from './project';
import { type TargetFile, targetFile } from './targetFile';

/** What to move. */
export interface ConfigRequest {
  readonly programs: readonly AnalysedProgram[];
  /** The folder of the configuration file: the programs' own, or one above them all. */
  readonly folder: string;
  /** The configuration file's name, where the user has chosen one; else it is `config.yaml` or `graduate.yaml`. */
  readonly fileName?: string | undefined;
  /** Only the value that this finding is about, at all its places; all paths if there is none. */
  readonly only: Finding | undefined;
  readonly workspace: Workspace;
}

/** What becomes configuration: the rule that finds it, and what its findings are about. */
interface Source {
  readonly rule: Rule;
  readonly literalOf: (program: AnalysedProgram, finding: Finding) => ConfigLiteral | Refusal;
}

const SOURCES: ReadonlyMap<string, Source> = new Map<string, Source>([
  ['hard-coded-path', { rule: hardCodedPath, literalOf: (p, finding) => literalOf(p, finding, 'path') }],
  ['hard-coded-url', { rule: hardCodedUrl, literalOf: (p, finding) => literalOf(p, finding, 'url') }],
  ['hard-coded-device', { rule: hardCodedDevice, literalOf: deviceLiteralOf }],
]);

/**
 * Moves literal paths, addresses or devices into `config.yaml`: one key per distinct value, the file loaded once behind
 * the imports, every use replaced by a look-up. For paths and addresses it keeps behaviour, or refuses with the reason.
 */
export async function moveToConfig(request: ConfigRequest): Promise<Outcome> {
  const { programs, folder, workspace } = request;
  const refusals: Refusal[] = [];
  const found = programs.map((program) => ({
    program,
    literals: literalsOf(program, request.only?.rule ?? 'hard-coded-path', refusals),
  }));
  const wanted = wantedValue(
    found.flatMap(({ literals }) => literals),
    request.only,
  );
  const chosen = found
    .map(({ program, literals }) => ({
      program,
      literals: literals.filter((literal) => !request.only || literal.value === wanted),
    }))
    .filter(({ literals }) => literals.length > 0);
  if (chosen.length === 0) {
    return { status: refusals.length > 0 ? 'refused' : 'nothing', notes: [], refusals };
  }
  const file = await targetFile(
    folder,
    workspace,
    chosen.map(({ program }) => program),
    request.fileName,
  );
  if ('reason' in file) {
    const { program, literals } = chosen[0]!;
    const [first] = literals;
    const refusal = refusalInCell(program.path, first!.unit.cell, first!.finding.span.start, file.reason);
    return { status: 'refused', notes: [], refusals: [...refusals, refusal] };
  }
  const accepted: {
    program: AnalysedProgram;
    literals: readonly ConfigLiteral[];
    plan: ReturnType<typeof planLoading> & object;
  }[] = [];
  for (const { program, literals } of chosen) {
    const users = new Set(literals.map((literal) => literal.unit));
    const plan = planLoading(program, file.name, levelsBetween(folder, program.path), (unit) =>
      users.has(unit),
    );
    if (typeof plan === 'string') {
      const [first] = literals;
      refusals.push(refusalInCell(program.path, first!.unit.cell, first!.finding.span.start, plan));
      continue;
    }
    const early = literals.filter((literal) => literal.unit.order < plan.loadedAt);
    const late = literals.filter((literal) => literal.unit.order >= plan.loadedAt);
    for (const literal of early) {
      refusals.push(
        refusalInCell(
          program.path,
          literal.unit.cell,
          literal.finding.span.start,
          'it stands above the place where the configuration is loaded',
        ),
      );
    }
    const obstacles = [
      ...selfReadings(program),
      ...unknownBindersBefore(late, plan.loadedAt),
      ...(file.text === undefined ? revealingListings(program, placeOf(file.name, folder, workspace)) : []),
      ...(await importedObstacles(program, workspace, file.text === undefined)),
      ...(plan.edits.length > 0 ? await projectObstacles(program, workspace, plan.imports) : []),
    ];
    refusals.push(...obstacles);
    if (obstacles.length === 0 && late.length > 0) accepted.push({ program, literals: late, plan });
  }
  if (accepted.length === 0) return { status: 'refused', notes: [], refusals };

  const keys = new Map<string, string>();
  const entries: { key: string; value: { kind: 'str'; value: string } }[] = [];
  const isDevice = request.only?.rule === hardCodedDevice.name;
  for (const [value, key] of file.known) if (!isDevice || key.includes('device')) keys.set(value, key);
  const taken = new Set(file.keys);
  for (const literal of accepted.flatMap(({ literals }) => literals)) {
    if (keys.has(literal.value)) continue;
    const key = keyFor(literal, taken);
    taken.add(key);
    keys.set(literal.value, key);
    entries.push({ key, value: { kind: 'str', value: literal.value } });
  }
  const added = addEntries(file.text, entries);
  if ('reason' in added) {
    const [first] = accepted[0]!.literals;
    const refusal = refusalInCell(
      accepted[0]!.program.path,
      first!.unit.cell,
      first!.finding.span.start,
      `${file.name}: ${added.reason}`,
    );
    return { status: 'refused', notes: [], refusals: [...refusals, refusal] };
  }
  const files: FileChange[] = accepted.map(({ program, literals, plan }) => {
    const edits = new Map<CodeCell, TextEdit[]>();
    const editsIn = (cell: CodeCell): TextEdit[] => edits.get(cell) ?? edits.set(cell, []).get(cell)!;
    if (plan.leading) editsIn(plan.leading.cell).push(...plan.edits);
    for (const literal of literals) {
      const key = keys.get(literal.value) ?? '';
      editsIn(literal.unit.cell).push(literal.edit((quote) => `${plan.name}[${quote}${key}${quote}]`));
    }
    return changedCells(program.path, edits).change.files[0]!;
  });
  if (entries.length > 0) files.push(configChange(file, added.text, added.edits));
  const notes: Note[] = [];
  if (accepted.some(({ plan }) => plan.edits.length > 0)) {
    const dependency = await addPyYaml(accepted[0]!.program.path, workspace);
    if (dependency.kind === 'added') files.push(dependency.change);
    if (dependency.kind === 'unnamed') {
      notes.push({
        path: accepted[0]!.program.path,
        cell: null,
        line: 0,
        message: 'PyYAML has to be installed where this runs; no dependency file names it',
      });
    }
  }
  return { status: 'done', change: { files }, notes, refusals };
}

function literalsOf(program: AnalysedProgram, rule: string, refusals: Refusal[]): ConfigLiteral[] {
  const suppressions = suppressionsOf(program.facts);
  const literals: ConfigLiteral[] = [];
  const source = SOURCES.get(rule);
  if (!source) throw new Error(`nothing of ${rule} can be configured`);
  for (const finding of source.rule.check(program.context)) {
    if (suppressions.some((suppression) => covers(suppression, finding))) continue;
    const literal = source.literalOf(program, finding);
    if ('reason' in literal) refusals.push(literal);
    else literals.push(literal);
  }
  return literals.sort((a, b) => a.unit.order - b.unit.order || a.node.start - b.node.start);
}

/** The value at the finding that the user pointed to. */
function wantedValue(literals: readonly ConfigLiteral[], only: Finding | undefined): string | undefined {
  if (!only) return undefined;
  const isSame = (literal: ConfigLiteral): boolean =>
    literal.node === only.node ||
    (literal.finding.cell.cell.index === only.cell.cell.index &&
      literal.finding.span.start === only.span.start);
  return literals.find(isSame)?.value;
}

function placeOf(name: string, folder: string, workspace: Workspace) {
  const absolute =
    workspace.root === undefined ? undefined : folder === '' ? workspace.root : `${workspace.root}/${folder}`;
  return {
    name,
    folder: absolute,
    folderParts: (absolute ?? folder).split('/').filter((part) => part !== ''),
  };
}

function levelsBetween(folder: string, path: string): number {
  const inside = folder === '' ? path : path.slice(folder.length + 1);
  return inside.split('/').length - 1;
}

function configChange(file: TargetFile, text: string, edits: readonly TextEdit[]): FileChange {
  if (file.text === undefined) return { kind: 'create', path: file.path, content: text };
  return { kind: 'text', path: file.path, before: file.text, edits: new EditSet(edits) };
}
