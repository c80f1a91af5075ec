import { BUILTIN_NAMES } from '../knowledge/builtins';
import { PHASE_RANK, type Phase } from '../knowledge/phases';
import { type PlacedEntry, type PlacedMap, type PlacedValue, kindWord } from '../settings/placed';
import { suggestion } from '../settings/suggest';
import { readYaml } from '../settings/yaml';
import { PYTHON_KEYWORDS } from '../stages/words';
import type { Span } from '../text/position';
import type { LineRange, Part, Plan, PlanProblem, PlanShape, PlannedStage } from './plan';

/** A plan as its document has it, and all that is wrong with that. */
export interface ReadPlan {
  /** Undefined where there is a problem. */
  readonly plan: Plan | undefined;
  readonly problems: readonly PlanProblem[];
}

const KEYS = [
  'version',
  'program',
  'fingerprint',
  'shape',
  'class_name',
  'stages',
  'keep',
  'drop',
  'configuration',
];
const STAGE_KEYS = ['name', 'title', 'phase', 'cells', 'statements'];
const PART_KEYS = ['cell', 'lines', 'id', 'code'];
const SHAPES: readonly PlanShape[] = ['auto', 'class', 'functions'];

/** Reads a plan's document. Never throws; offsets are UTF-16 code units of the text. */
export function readPlan(text: string): ReadPlan {
  return new PlanReader(text).read();
}

class PlanReader {
  readonly #problems: PlanProblem[] = [];

  constructor(private readonly text: string) {}

  read(): ReadPlan {
    const plan = this.#plan();
    return { plan: this.#problems.length === 0 ? plan : undefined, problems: this.#problems };
  }

  #fail(message: string, span: Span | undefined, hint?: string): undefined {
    this.#problems.push({ message, span, hint });
    return undefined;
  }

  #plan(): Plan | undefined {
    const root = readYaml(this.text);
    const whole = { start: 0, end: 0 };
    if (root === undefined) return this.#fail('the plan is empty', whole);
    if ('message' in root) return this.#fail(root.message, root.span);
    if (root.kind !== 'map') return this.#fail(`a plan is a table of keys, not ${kindWord(root)}`, root.span);
    const fields = this.#fields(root, KEYS, 'plan');
    const version = fields.get('version');
    if (!version) return this.#fail('the plan has no version', whole, 'write "version: 1"');
    if (this.#number(version.value) !== 1)
      return this.#fail('only plans of version 1 can be read', version.value.span);
    const stages = fields.get('stages');
    if (!stages) return this.#fail('the plan has no stages', whole);
    return {
      program: this.#text(fields.get('program')) ?? '',
      fingerprint: this.#text(fields.get('fingerprint')) ?? '',
      shape: this.#shape(fields.get('shape')),
      className: this.#className(fields.get('class_name')),
      stages: this.#stages(stages.value),
      keep: this.#parts(fields.get('keep')?.value, 'keep'),
      drop: this.#parts(fields.get('drop')?.value, 'drop'),
      configuration: this.#configuration(fields.get('configuration')?.value),
    };
  }

  #fields(map: PlacedMap, known: readonly string[], what: string): ReadonlyMap<string, PlacedEntry> {
    const fields = new Map<string, PlacedEntry>();
    for (const entry of map.entries) {
      if (known.includes(entry.key)) fields.set(entry.key, entry);
      else {
        const near = suggestion(entry.key, known);
        this.#fail(
          `a ${what} has no ${JSON.stringify(entry.key)}`,
          entry.keySpan,
          near === undefined ? `it has ${known.join(', ')}` : `it is called ${near}`,
        );
      }
    }
    return fields;
  }

  #shape(entry: PlacedEntry | undefined): PlanShape {
    const text = this.#text(entry);
    const shape = SHAPES.find((each) => each === text);
    if (text !== undefined && !shape)
      this.#fail('the shape is "auto", "class" or "functions"', entry!.value.span);
    return shape ?? 'auto';
  }

  #className(entry: PlacedEntry | undefined): string | undefined {
    const name = this.#text(entry);
    return name === undefined ? undefined : this.#identifier(name, entry!.value.span);
  }

  #stages(value: PlacedValue): readonly PlannedStage[] {
    if (value.kind === 'nothing') return [];
    if (value.kind !== 'list')
      return this.#fail(`stages are a list, not ${kindWord(value)}`, value.span) ?? [];
    const names = new Set<string>();
    return value.items.flatMap((item) => {
      const stage = this.#stage(item);
      if (!stage) return [];
      if (names.has(stage.name)) {
        this.#fail(`two stages are called ${stage.name}`, stage.nameSpan, 'give one of them another name');
      }
      names.add(stage.name);
      return [stage];
    });
  }

  #stage(item: PlacedValue): PlannedStage | undefined {
    if (item.kind !== 'map')
      return this.#fail(`a stage is a table of keys, not ${kindWord(item)}`, item.span);
    const fields = this.#fields(item, STAGE_KEYS, 'stage');
    const named = fields.get('name');
    if (!named) return this.#fail('a stage has no name', firstLine(item.span, this.text));
    const text = this.#text(named);
    const name = text === undefined ? undefined : this.#identifier(text, named.value.span);
    const [cells, statements] = [fields.get('cells'), fields.get('statements')];
    if (cells && statements) this.#fail('a stage has cells or statements, not both', statements.keySpan);
    const list = cells ?? statements;
    const parts = this.#parts(list?.value, `stage ${text ?? ''}`);
    if (parts.length === 0) {
      this.#fail(
        `the stage ${text ?? ''} has nothing in it`,
        named.value.span,
        'take the stage out, or move something into it',
      );
    }
    const phase = this.#text(fields.get('phase'));
    return name === undefined
      ? undefined
      : {
          name,
          title: this.#text(fields.get('title')),
          phase: PHASE_RANK.find((each): each is Phase => each === phase),
          parts,
          nameSpan: named.value.span,
        };
  }

  #parts(value: PlacedValue | undefined, where: string): readonly Part[] {
    if (!value || value.kind === 'nothing') return [];
    if (value.kind !== 'list')
      return this.#fail(`${where} is a list, not ${kindWord(value)}`, value.span) ?? [];
    return value.items.flatMap((item) => this.#part(item) ?? []);
  }

  #part(item: PlacedValue): Part | undefined {
    if (item.kind !== 'map') {
      return this.#fail(`a part is written as {cell: 3} or {lines: "4-6"}, not ${kindWord(item)}`, item.span);
    }
    const fields = this.#fields(item, PART_KEYS, 'part');
    const [cellEntry, linesEntry] = [fields.get('cell'), fields.get('lines')];
    const cell = cellEntry && this.#number(cellEntry.value);
    if (cellEntry && (cell === undefined || cell < 1)) {
      return this.#fail('a cell is a number, from 1 on', cellEntry.value.span);
    }
    const lines = linesEntry && this.#lines(linesEntry);
    if (linesEntry && !lines) return undefined;
    const id = this.#text(fields.get('id'));
    if (cell === undefined && !lines && id === undefined) {
      return this.#fail('a part says which cell, which lines or which id', item.span);
    }
    return { cell, lines, id, code: this.#text(fields.get('code')), span: item.span };
  }

  #lines(entry: PlacedEntry): LineRange | undefined {
    const { value } = entry;
    const text =
      value.kind === 'text' ? String(value.value) : this.text.slice(value.span.start, value.span.end);
    const match = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(text);
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? match?.[1]);
    if (!match || first < 1 || last < first) {
      return this.#fail('lines are written as "4" or "4-6", from 1 on', value.span);
    }
    return { first, last };
  }

  #configuration(value: PlacedValue | undefined): ReadonlyMap<string, string> {
    const keys = new Map<string, string>();
    if (!value || value.kind === 'nothing') return keys;
    if (value.kind !== 'map') {
      this.#fail(`configuration is a table of keys, not ${kindWord(value)}`, value.span);
      return keys;
    }
    for (const entry of value.entries) {
      if (!/^[a-z][a-z0-9_]*$/.test(entry.key)) {
        this.#fail(`${entry.key} is no key of a configuration: small letters, digits and _`, entry.keySpan);
      }
      const text = this.#text(entry);
      if (text !== undefined) keys.set(text, entry.key);
    }
    return keys;
  }

  /** Checked here: what is taken in the program is asked when the plan is followed. */
  #identifier(name: string, span: Span): string | undefined {
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) {
      return this.#fail(`${JSON.stringify(name)} is no name in Python`, span, 'use letters, digits and _');
    }
    if (PYTHON_KEYWORDS.has(name))
      return this.#fail(`${name} is a keyword of Python`, span, `for example ${name}_stage`);
    if (BUILTIN_NAMES.has(name))
      return this.#fail(`${name} is a builtin of Python`, span, `for example ${name}_stage`);
    if (name.startsWith('__')) return this.#fail(`${name} would be changed by Python within a class`, span);
    return name;
  }

  #text(entry: PlacedEntry | undefined): string | undefined {
    if (!entry) return undefined;
    const { value } = entry;
    if (value.kind === 'text') return String(value.value);
    return this.#fail(`${entry.key} is a text, not ${kindWord(value)}`, value.span, 'put it in quotes');
  }

  #number(value: PlacedValue): number | undefined {
    const text = this.text.slice(value.span.start, value.span.end).replace(/^["']|["']$/g, '');
    return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
  }
}

function firstLine({ start, end }: Span, text: string): Span {
  const lineEnd = text.slice(start, end).search(/[\r\n]/);
  return { start, end: lineEnd < 0 ? end : start + lineEnd };
}
