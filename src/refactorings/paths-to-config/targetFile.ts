import { parseConfig } from '../../config/document';
import { fileUsesOf } from '../../semantics/fileUses';
import { type Workspace, joinPath } from '../../text/workspace';
import { literalTexts } from '../names';
import type { AnalysedProgram } from '../outcome';
import { existingLoad } from './loading';

/** The configuration file that keys are added to. */
export interface TargetFile {
  readonly name: string;
  readonly path: string;
  /** Undefined: it is made. */
  readonly text: string | undefined;
  readonly keys: ReadonlySet<string>;
  /** Keys by their text value. */
  readonly known: ReadonlyMap<string, string>;
}

/**
 * `config.yaml`, or `graduate.yaml` where somebody else's `config.yaml` is or a program has one in mind.
 *
 * @param chosen The name that the user has chosen instead; there is no other then.
 */
export async function targetFile(
  folder: string,
  workspace: Workspace,
  programs: readonly AnalysedProgram[],
  chosen?: string,
): Promise<TargetFile | { readonly reason: string }> {
  const reasons: string[] = [];
  for (const name of chosen === undefined ? ['config.yaml', 'graduate.yaml'] : [chosen]) {
    const path = joinPath(folder, name);
    if (programs.some((program) => mentions(program, name))) {
      reasons.push(`the program itself uses ${name}`);
      continue;
    }
    const text = await workspace.read(path);
    if (text === undefined) {
      if (!(await workspace.exists(path))) return { name, path, text, keys: new Set(), known: new Map() };
      reasons.push(`${path} cannot be read`);
      continue;
    }
    const parsed = parseConfig(text);
    if (!parsed.isOurs) {
      reasons.push(`${path} was not made by Graduate`);
      continue;
    }
    if (parsed.problem) return { reason: `${path}: ${parsed.problem.reason}` };
    const reader = await otherReader(folder, name, workspace, programs);
    if (reader !== undefined)
      return { reason: `${reader} uses ${name} as a whole, so it would see a new key` };
    const known = new Map<string, string>();
    for (const entry of parsed.values.values()) {
      if (entry.value?.kind === 'str' && entry.ambiguous.length === 0)
        known.set(entry.value.value, entry.key);
    }
    return { name, path, text, keys: new Set(parsed.values.keys()), known };
  }
  return { reason: reasons.join('; ') };
}

/** The program reads, writes or asks for a file of that name, other than by the load that Graduate made. */
function mentions(program: AnalysedProgram, name: string): boolean {
  const isLoaded = existingLoad(program, name) !== undefined;
  const literals = literalTexts(program.facts).filter((text) => text.includes(name)).length;
  if (literals > (isLoaded ? 1 : 0)) return true;
  const ending = name.slice(name.lastIndexOf('.'));
  return fileUsesOf(program.context.evaluator, program.context.folder).some((use) =>
    use.folded.some(({ segments }) => {
      const last = segments.at(-1);
      const isOpen = segments.some((segment) => segment.kind === 'hole' && segment.why !== 'file');
      return isOpen && last?.kind === 'text' && !last.value.includes('/') && last.value.endsWith(ending);
    }),
  );
}

/** A script beside the programs that loads the file and does more with it than `config["key"]`. */
async function otherReader(
  folder: string,
  name: string,
  workspace: Workspace,
  programs: readonly AnalysedProgram[],
): Promise<string | undefined> {
  for (const file of await workspace.list(folder)) {
    const path = joinPath(folder, file);
    if (!/\.(py|ipynb)$/.test(file) || programs.some((program) => program.path === path)) continue;
    const text = await workspace.read(path);
    if (text === undefined || !text.includes(name)) continue;
    const loaded = /^[ \t"]*(\w+)\s*=\s*[\w.]*safe_load\(/m.exec(text)?.[1];
    if (loaded === undefined) return path;
    const uses = [...text.matchAll(new RegExp(`\\b${loaded}\\b(?!\\s*\\[\\s*\\\\?["'])(?!\\.yaml)`, 'g'))];
    // One is the assignment itself.
    if (uses.length > 1) return path;
  }
  return undefined;
}
