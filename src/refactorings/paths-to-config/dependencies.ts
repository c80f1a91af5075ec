import { EditSet } from '../../text/edit';
import type { TextFileChange } from '../../text/change';
import { type Workspace, folderOf, joinPath } from '../../text/workspace';
import { lineBreakOf } from '../places';

/** What is known of a project's dependency on PyYAML. */
export type Dependency =
  /** It is named already. */
  | { readonly kind: 'there' }
  | { readonly kind: 'added'; readonly change: TextFileChange }
  /** No file names dependencies, or none that can be extended surely. */
  | { readonly kind: 'unnamed' };

const NAMED = /(^|[\s"'[,(-])pyyaml\b/im;

/** Looks for the dependency file next to a program and above it, and names PyYAML there. */
export async function addPyYaml(program: string, workspace: Workspace): Promise<Dependency> {
  let sawFile = false;
  for (let folder = folderOf(program); ; folder = folderOf(folder)) {
    for (const name of [
      'pyproject.toml',
      'requirements.txt',
      'environment.yml',
      'environment.yaml',
      'setup.cfg',
      'setup.py',
    ]) {
      const path = joinPath(folder, name);
      const text = await workspace.read(path);
      if (text === undefined) continue;
      if (NAMED.test(text)) return { kind: 'there' };
      const edit = editFor(name, text);
      if (edit) {
        return { kind: 'added', change: { kind: 'text', path, before: text, edits: new EditSet([edit]) } };
      }
      sawFile = true;
    }
    if (folder === '' || sawFile) return { kind: 'unnamed' };
  }
}

function editFor(
  name: string,
  text: string,
): { span: { start: number; end: number }; newText: string } | undefined {
  const newline = lineBreakOf(text);
  if (name === 'requirements.txt') {
    // A file with hashes must have one for every line.
    if (/--hash=|--require-hashes/.test(text)) return undefined;
    const isOpen = text !== '' && !/[\r\n]$/.test(text);
    const at = text.length;
    return { span: { start: at, end: at }, newText: `${isOpen ? newline : ''}PyYAML${newline}` };
  }
  if (name !== 'pyproject.toml') return undefined;
  const project = /^\[project\][ \t]*\r?\n/m.exec(text);
  if (!project) return undefined;
  const from = project.index + project[0].length;
  const section = text.slice(from).search(/^\[/m);
  const end = section < 0 ? text.length : from + section;
  const list = /^dependencies[ \t]*=[ \t]*\[/m.exec(text.slice(from, end));
  if (!list) return undefined;
  const open = from + list.index + list[0].length;
  const body = text.slice(open, end);
  // Brackets and quotes within the entries (extras) end a plain search for the closing bracket: only simple lists.
  const close = /^(\s*("[^"\n]*"|'[^'\n]*'|#[^\n]*)\s*,?)*\s*\]/.exec(body);
  if (!close) return undefined;
  const firstEntry = /^(\r?\n[ \t]+)/.exec(body);
  const isEmpty = /^\s*\]/.test(body);
  const newText = firstEntry && !isEmpty ? `${firstEntry[1]}"PyYAML",` : isEmpty ? '"PyYAML"' : '"PyYAML", ';
  return { span: { start: open, end: open }, newText };
}
