import { writeString } from '../config/scalar';
import type { Part, Plan, PlannedStage } from './plan';

/**
 * The document of a plan: YAML that every reader reads alike, with what one may do with it.
 *
 * @param command Of the command line, which follows it.
 */
export function planText(plan: Plan, command = 'refactor extract-pipeline'): string {
  const isNotebook = plan.program.endsWith('.ipynb');
  const lines = [
    ...introduction(plan.program, isNotebook, command).map((line) => `# ${line}`.trimEnd()),
    'version: 1',
    `program: ${quoted(plan.program)}`,
    `fingerprint: ${quoted(plan.fingerprint)}`,
    `shape: ${quoted(plan.shape)}  # "auto", "class" or "functions"`,
    ...(plan.className === undefined
      ? []
      : [`class_name: ${quoted(plan.className)}  # where it becomes a class`]),
    '',
    ...list(
      'stages',
      plan.stages.flatMap((stage) => stageLines(stage, isNotebook)),
    ),
    '',
    ...(isNotebook
      ? [
          '# Cells that stay in the notebook as they are.',
          ...list(
            'keep',
            plan.keep.map((part) => `  - ${partText(part)}`),
          ),
          '# Looks that are left out, such as df.head().',
          ...list(
            'drop',
            plan.drop.map((part) => `  - ${partText(part)}`),
          ),
        ]
      : [
          '# Looks that are left out, such as df.head().',
          ...list(
            'drop',
            plan.drop.map((part) => `  - ${partText(part)}`),
          ),
        ]),
    ...configurationLines(plan.configuration),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function introduction(program: string, isNotebook: boolean, command: string): readonly string[] {
  const part = isNotebook ? 'cell' : 'statement';
  const file = JSON.stringify(program);
  return [
    `Graduate's plan for ${program.replace(/[\r\n]/g, ' ')}: which ${part}s become which stage. Edit it, then follow it:`,
    `  graduate ${command} ${/^[\w.-]+$/.test(program) ? program : file} --plan THIS_FILE`,
    `Rename a stage: change its name. Split one: put a new "- name:" between its ${part}s. Join two: take out the second`,
    `one's head. Move a ${part}: cut its line and paste it at the end of the stage before, or at the beginning of the`,
    'stage after: what runs keeps its order. "id" finds a statement again when the program has changed.',
  ];
}

/** A key with its items, or with an empty list. */
function list(key: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [`${key}: []`] : [`${key}:`, ...items];
}

function stageLines({ name, title, phase, parts }: PlannedStage, isNotebook: boolean): readonly string[] {
  return [
    `  - name: ${quoted(name)}`,
    ...(title === undefined ? [] : [`    title: ${quoted(title)}`]),
    ...(phase === undefined ? [] : [`    phase: ${quoted(phase)}`]),
    `    ${isNotebook ? 'cells' : 'statements'}:`,
    ...parts.map((part) => `      - ${partText(part)}`),
  ];
}

/** One line, so that it is moved with one cut and one paste. */
export function partText({ cell, lines, id, code }: Part): string {
  const fields = [
    ...(cell === undefined ? [] : [`cell: ${cell}`]),
    ...(lines === undefined
      ? []
      : [`lines: ${quoted(lines.first === lines.last ? `${lines.first}` : `${lines.first}-${lines.last}`)}`]),
    ...(code === undefined ? [] : [`code: ${quoted(code)}`]),
    ...(id === undefined ? [] : [`id: ${quoted(id)}`]),
  ];
  return `{${fields.join(', ')}}`;
}

function configurationLines(configuration: ReadonlyMap<string, string>): readonly string[] {
  if (configuration.size === 0) return [];
  return [
    '# Values that become configuration, under these keys.',
    'configuration:',
    ...[...configuration].map(([value, key]) => `  ${key}: ${quoted(value)}`),
  ];
}

/** A lone surrogate, which YAML cannot hold, is in no file that could be read; as a last resort it is left out. */
function quoted(text: string): string {
  const written = writeString(text);
  if ('text' in written) return written.text;
  return quoted(text.replace(/\p{Cs}/gu, '\uFFFD'));
}
