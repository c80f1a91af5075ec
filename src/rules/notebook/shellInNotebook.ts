import type { Rule } from '../rule';
import { findingIn } from './cellPlace';
import { shellUses } from './shellUses';

export const shellInNotebook: Rule = {
  name: 'shell-in-notebook',
  family: 'notebook',
  severity: 'information',
  summary: 'commands of the shell in a cell',
  fixes: [],
  page: {
    what: 'A line that a shell runs (`!wget ...`, `names = !ls`), a cell that one runs (`%%bash`, `%%sh`, `%%script bash`), and `%pip` or `%conda` for anything but installing.',
    why: 'It runs only where IPython and these commands are: not in a module, a service or a job, and often not on another system. Whether the command failed is not looked at, so that the next cell goes on with what is there.',
    example: `# %%
!unzip -o corpus.zip
# %%
names = !ls corpus
`,
    instead: `# %%
import zipfile
zipfile.ZipFile("corpus.zip").extractall()
# %%
from pathlib import Path
names = sorted(path.name for path in Path("corpus").iterdir())
`,
    fixSafety:
      'There is no quick fix: such lines are translated, or listed, when a package is made of the notebook.',
    whenNot:
      'Installing packages is `install-in-notebook`; `%cd` is `working-directory-change`. IPython’s other magics, `%%writefile`, cells in languages such as R or SQL, and `subprocess` are not reported.',
  },
  *check({ facts }) {
    if (facts.program.kind !== 'notebook') return;
    for (const cell of facts.cells) {
      for (const { installer, span } of shellUses(cell)) {
        if (installer !== undefined) continue;
        yield findingIn(
          shellInNotebook,
          cell,
          span,
          'only IPython runs this, with the commands of this machine',
        );
      }
    }
  },
};
