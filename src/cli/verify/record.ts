import type { Effect, FinalValue, ProgramRun } from '../../verify/run';

/** What the Python side of a run has recorded. */
export interface RunRecord extends Pick<
  ProgramRun,
  'exception' | 'effects' | 'values' | 'displays' | 'isRecorded'
> {
  /** The Python side has begun: what ended the run before is no doing of the program. */
  readonly hasStarted: boolean;
  /** Something that could not be watched, because of a defect of ours. */
  readonly defect: string | undefined;
}

/** Reads a record. A line that a crash cut off is left out. */
export function parseRecord(text: string): RunRecord {
  const effects: Effect[] = [];
  const values: FinalValue[] = [];
  const displays: { cell: number; text: string }[] = [];
  let exception: RunRecord['exception'];
  let isRecorded = false;
  let hasStarted = false;
  let defect: string | undefined;
  for (const line of text.split('\n')) {
    const event = parsed(line);
    if (!event) continue;
    switch (event.event) {
      case 'started':
        hasStarted = true;
        break;
      case 'effect':
        effects.push(event as unknown as Effect);
        break;
      case 'value':
        values.push(event as unknown as FinalValue);
        break;
      case 'display':
        displays.push(event as unknown as { cell: number; text: string });
        break;
      case 'exception':
        exception = {
          name: String(event['name']),
          text: String(event['text']),
          cell: (event['cell'] as number | undefined) ?? null,
        };
        break;
      case 'unwatched':
        defect ??= `${String(event['what'])}: ${String(event['text'])}`;
        break;
      case 'finished':
        isRecorded = true;
        break;
    }
  }
  return {
    effects: effects.map(({ kind, detail, held }) => ({ kind, detail, held })),
    ...{ values, displays, exception, isRecorded, hasStarted, defect },
  };
}

type Event = Readonly<Record<string, unknown>> & { readonly event: string };

function parsed(line: string): Event | undefined {
  if (line === '') return undefined;
  try {
    return JSON.parse(line) as Event;
  } catch {
    return undefined;
  }
}
