import { secretIn } from '../../knowledge/credentials';
import type { SavedOutput } from '../../program/outputs';
import type { Rule } from '../rule';
import { findingIn, firstLineOf } from '../notebook/cellPlace';
import { readableText } from './outputText';

export const CLEAR_OUTPUT = 'clear-output';

export const credentialInOutput: Rule = {
  name: 'credential-in-output',
  family: 'configuration',
  severity: 'error',
  summary: 'a key, token or password in a saved notebook output',
  fixes: ['keeps'],
  page: {
    what: 'A saved output (printed text, a shown value, HTML, a traceback) that holds a token in the format of its issuer, a private key, a connection string with a password, or a value beside a name such as `API_KEY`. Reported at the first line of the cell that holds the output.',
    why: 'Outputs are saved in the notebook and go wherever it goes: into version control, onto a share, into a mail. Nobody looks for secrets there, and clearing the output later does not take it out of the history.',
    example: `# %% [count=1]
import os
# %% [count=2] [output=environ({'HOME': '/root', 'MLFLOW_TRACKING_PASSWORD': 'q7-Tundra-58xK'})]
print(os.environ)
`,
    instead: `# %% [count=1]
import os
# %% [count=2] [output=MLFLOW_TRACKING_PASSWORD is set]
print("MLFLOW_TRACKING_PASSWORD is", "set" if "MLFLOW_TRACKING_PASSWORD" in os.environ else "missing")
`,
    fixSafety:
      'The fix removes the outputs that hold a secret; the code, the other outputs and every other byte of the file stay, so that running the notebook does what it did. Replace the secret itself, too: it has been written to disk, and perhaps committed.',
    whenNot:
      'Masked values, placeholders, keys from documentation, hashes and commit ids, links that were signed for one download, and the address of a notebook server on the same machine are not reported; nor are notebooks among tests.',
  },
  *check({ facts, isTest }) {
    if (isTest) return;
    for (const cell of facts.cells) {
      const kinds = new Set(secretOutputs(cell.cell.outputs).map(({ kind }) => kind));
      if (kinds.size === 0) continue;
      const message = `the saved output holds ${[...kinds].join(' and ')}`;
      yield findingIn(credentialInOutput, cell, firstLineOf(cell), message, [
        { id: CLEAR_OUTPUT, kind: 'keeps', title: 'Clear the saved output that holds it' },
      ]);
    }
  },
};

/** The outputs of a cell that hold a secret, by their index, and what it is. */
export function secretOutputs(
  outputs: readonly SavedOutput[] = [],
): readonly { readonly index: number; readonly kind: string }[] {
  return outputs.flatMap((output, index) => {
    const kind = secretKindOf(output);
    return kind === null ? [] : [{ index, kind }];
  });
}

/** Outputs stay while code is edited. Null: there is no secret. */
const kinds = new WeakMap<SavedOutput, string | null>();

function secretKindOf(output: SavedOutput): string | null {
  let kind = kinds.get(output);
  if (kind === undefined) {
    kind = null;
    for (const part of output.parts) kind ??= secretIn(readableText(part))?.kind ?? null;
    kinds.set(output, kind);
  }
  return kind;
}
