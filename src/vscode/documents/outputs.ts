import type * as vscode from 'vscode';
import { LONGEST_TEXT, type OutputPart, type SavedOutput, isTextType } from '../../program/outputs';

const STREAMS = new Set([
  'application/vnd.code.notebook.stdout',
  'application/vnd.code.notebook.stderr',
  'application/x.notebook.stdout',
  'application/x.notebook.stderr',
]);
const ERROR = 'application/vnd.code.notebook.error';

/** What is known of an output, as long as it has these items. */
interface Known {
  readonly items: readonly vscode.NotebookCellOutputItem[];
  readonly saved: SavedOutput;
}

const known = new WeakMap<vscode.NotebookCellOutput, Known>();

/** The outputs of a cell. The same objects as long as the outputs stay, so that a key press costs nothing. */
export function savedOutputs(cell: vscode.NotebookCell): readonly SavedOutput[] {
  return cell.outputs.map((output) => {
    const before = known.get(output);
    const { items } = output;
    // VS Code changes the items of an output in place while a cell prints.
    const isSame =
      before?.items.length === items.length && items.every((item, i) => item === before.items[i]);
    if (before && isSame) return before.saved;
    const saved = { parts: items.flatMap(partsOf) };
    known.set(output, { items: [...items], saved });
    return saved;
  });
}

function partsOf({ mime, data }: vscode.NotebookCellOutputItem): readonly OutputPart[] {
  const type = STREAMS.has(mime) ? 'stream' : mime === ERROR ? 'error' : mime;
  if (type === mime && !isTextType(mime)) return [];
  // No character takes more than four bytes.
  const text = new TextDecoder().decode(data.subarray(0, 4 * LONGEST_TEXT)).slice(0, LONGEST_TEXT);
  return text === '' ? [] : [{ type, text: type === 'error' ? errorText(text) : text }];
}

/** VS Code keeps an error as the JSON of name, message and stack. */
function errorText(json: string): string {
  try {
    const { name, message, stack } = JSON.parse(json) as Record<string, unknown>;
    const head = [name, message].filter((part) => typeof part === 'string' && part !== '').join(': ');
    return [head, stack].filter((part) => typeof part === 'string' && part !== '').join('\n');
  } catch {
    return json;
  }
}
