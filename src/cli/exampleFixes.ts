import type { Engine } from '../actions/engine';
import type { CellSource, ProgramSource } from '../program/source';
import { scriptSource } from '../program/source';
import type { FixKind, Rule } from '../rules/rule';

/** The kinds of the fixes that a rule offers for its own example: a rule does not say them otherwise. */
export function exampleFixes(engine: Engine, rule: Rule): readonly FixKind[] {
  const settings = new Map([[rule.name, rule.severity === 'off' ? ('hint' as const) : rule.severity]]);
  const { findings } = engine.analyze(exampleSource(rule.page.example), settings);
  const own = findings.filter((finding) => finding.rule === rule.name);
  return [...new Set(own.flatMap((finding) => finding.fixes.map((fix) => fix.kind)))];
}

/** `# %%` lines make an example a notebook. */
function exampleSource(example: string): ProgramSource {
  if (!/^# %%/m.test(example)) return scriptSource('example.py', example);
  const cells = example.split(/^# %%.*\n/m).filter((source, i) => i > 0 || source.trim() !== '');
  return {
    path: 'example.ipynb',
    kind: 'notebook',
    isPython: true,
    cells: cells.map((source, index): CellSource => ({ index, kind: 'code', source, executionCount: null })),
  };
}
