import type { Rule } from '../rule';
import { findingIn } from './cellPlace';
import { installedPackages } from './installedPackages';
import { type ShellUse, shellUses } from './shellUses';

export const INSTALL_IN_NOTEBOOK = 'install-in-notebook';

export const installInNotebook: Rule = {
  name: INSTALL_IN_NOTEBOOK,
  family: 'notebook',
  severity: 'information',
  summary: 'packages installed by a cell',
  fixes: ['changes'],
  page: {
    what: 'A line that installs packages: `!pip install`, `%pip install`, `!python -m pip install`, `conda`, `mamba`, `apt` and the like, alone or in a `%%bash` cell, where each such line is reported.',
    why: 'Every run may get other versions, needs the network and the right to change the environment, and changes it for whatever else runs in there. The project itself does not say what it needs: a package or an image made of it lacks these packages.',
    example: `# %%
%pip install -q umap-learn
# %%
import umap
`,
    instead: `# %%
# umap-learn is in requirements.txt
import umap
`,
    fixSafety:
      'The fix changes what the notebook does: it no longer installs anything. The packages, with the versions that the line names, go to `[project] dependencies` of pyproject.toml or to requirements.txt, the nearest one; a requirements.txt is made where there is no such file. Refused for conda and system packages, `-r`, editable and local packages, options such as `--index-url` that the file would have to repeat, lines that do more, and packages that the file names with another version.',
    whenNot:
      'Listing, showing, downloading and removing packages is `shell-in-notebook`. Commented-out lines, strings, and commands that Python starts are not reported.',
  },
  *check({ facts }) {
    if (facts.program.kind !== 'notebook') return;
    for (const cell of facts.cells) {
      for (const use of shellUses(cell)) {
        if (use.installer === undefined) continue;
        yield findingIn(installInNotebook, cell, use.span, messageFor(use), [
          { id: INSTALL_IN_NOTEBOOK, kind: 'changes', title: titleFor(use) },
        ]);
      }
    }
  },
};

function messageFor({ installer }: ShellUse): string {
  const what = installer === 'system' ? 'system packages' : 'packages';
  return `installs ${what} when it is run: what the notebook needs belongs into the project's description`;
}

function titleFor(use: ShellUse): string {
  const packages = installedPackages(use);
  const names = typeof packages === 'string' ? [] : packages.map(({ name, text }) => name ?? text);
  const what = names.length === 0 || names.length > 3 ? 'the packages' : names.join(', ');
  return `Name ${what} in the dependency file and remove this line (the notebook no longer installs)`;
}
