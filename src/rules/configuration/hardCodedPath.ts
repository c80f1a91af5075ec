import type { Str } from '../../syntax/ast';
import { isConfigured } from '../../semantics/configured';
import { PlacedMap } from '../../semantics/flow/placed';
import type { TextOrigin } from '../../semantics/foldedText';
import { type FileUseFact, fileUsesOf } from '../../semantics/fileUses';
import { type Finding, type Rule, type RuleContext, findingAt } from '../rule';
import { type PathForm, type PathStart, isUnmistakable, pathStart } from './pathText';

export const hardCodedPath: Rule = {
  name: 'hard-coded-path',
  family: 'configuration',
  severity: 'warning',
  summary: 'a literal path that reaches a file',
  fixes: ['keeps'],
  page: {
    what: 'A literal path that reaches an argument which takes a file: through names, f-strings, `+`, `/`, `Path`, `os.path.join`, parameters, class attributes and dicts. Paths into a home folder, a drive, a mount (Colab, Kaggle) and other absolute paths are warnings; relative ones are hints. It is reported once, at the literal with which the path begins.',
    why: 'An absolute path exists on one machine. A relative one depends on the folder in which the program is started, and nobody can run the program on other data without editing it.',
    example: `import pandas as pd

data = pd.read_csv("/Users/researcher/data.csv")
`,
    instead: `from pathlib import Path

import pandas as pd
import yaml

config = yaml.safe_load(Path(__file__).with_name("config.yaml").read_text(encoding="utf-8"))

data = pd.read_csv(config["data_path"])
`,
    fixSafety:
      '"Move to config" keeps behaviour: the text stays the same, only its place changes. The fix is refused where the new file, the new names or the changed source could be noticed by the program itself: a listing of the folder, `dir()`, `inspect.getsource`.',
    whenNot:
      'Not reported: URLs, routes, regular expressions, MIME types, column names, keys, Hub ids, `/dev/null`, paths next to `__file__`, package resources, defaults of `argparse`, `click`, `typer` and of environment variables, cells tagged `parameters` (papermill) and lines with `#@param` (Colab), the configuration file itself, and temporary files in tests.',
  },
  *check(context) {
    const starts = new PlacedMap<Str, PathStart>();
    for (const use of fileUsesOf(context.evaluator, context.folder)) {
      for (const start of startsOf(use, context)) {
        const { unit, node } = start.origin;
        const known = starts.get(unit, node);
        if (!known || rank(start.form) > rank(known.form)) starts.set(unit, node, start);
      }
    }
    for (const start of starts.values()) yield report(start);
  },
};

function startsOf(use: FileUseFact, context: RuleContext): readonly PathStart[] {
  if (use.isConfiguration) return [];
  return use.folded.flatMap((folded) => {
    const start = pathStart(folded);
    if (!start || isElsewhere(start.origin, context)) return [];
    if (isConfigured(start.origin.node, start.origin.unit, context.evaluator)) return [];
    if (use.use === 'maybe' && !isUnmistakable(start)) return [];
    // Building a relative path proves nothing; only its use does.
    if (use.use === 'maybe' && start.form === 'relative' && use.callee !== 'save' && !start.isWhole)
      return [];
    if (isBuilding(use) && start.form === 'relative') return [];
    if (context.isTest && /^(\/tmp|\/var\/tmp)(\/|$)/.test(start.text)) return [];
    return [start];
  });
}

/** In a module of the project that this program imports: it is reported there. */
function isElsewhere({ unit }: TextOrigin, { facts }: RuleContext): boolean {
  return unit.facts !== facts;
}

function isBuilding(use: FileUseFact): boolean {
  return use.callee === 'os.path.join' || use.callee.startsWith('pathlib.');
}

function rank(form: PathForm): number {
  return form === 'relative' ? 0 : 1;
}

/** Why a path of this form is no good elsewhere. */
const REASONS: Readonly<Record<PathForm, string>> = {
  home: ": it lies in one user's home folder",
  drive: ': it exists on one machine only',
  mount: ': it exists where that drive is mounted only',
  absolute: ': it exists on one machine only',
  relative: '',
};

function report(start: PathStart): Finding {
  const shown = start.text.length > 60 ? `${start.text.slice(0, 57)}...` : start.text;
  const message = `Path "${shown}" is hard-coded${REASONS[start.form]}`;
  return findingAt(hardCodedPath, start.origin.unit, start.origin.node, message, {
    severity: start.form === 'relative' ? 'hint' : 'warning',
    fixes: [{ id: 'paths-to-config', kind: 'keeps', title: 'Move to config (adds PyYAML)' }],
  });
}
