import { isConfigured } from '../../semantics/configured';
import { PlacedMap } from '../../semantics/flow/placed';
import { type NetworkUseFact, networkUsesOf } from '../../semantics/networkUses';
import type { Str } from '../../syntax/ast';
import { type Finding, type Rule, type RuleContext, findingAt } from '../rule';
import { type UrlStart, urlStart } from './urlText';

export const hardCodedUrl: Rule = {
  name: 'hard-coded-url',
  family: 'configuration',
  severity: 'information',
  summary: 'the literal address of a service or a bucket at a network or storage call',
  fixes: ['keeps'],
  page: {
    what: 'A literal URL or bucket URI that reaches a call which goes there: requests, clients of services and databases, tracking URIs, data read from or written to a URL or a bucket, downloads. Through names, f-strings, `+`, parameters, class attributes and dicts. It is reported once, at the literal with which the address begins.',
    why: 'Development, staging and production are different addresses. In the code the address needs an edit and a release to change, and a test that forgets to replace it talks to production.',
    example: `import requests

SCORER = "http://scorer.internal:9000"


def score(rows):
    return requests.post(f"{SCORER}/v2/score", json=rows, timeout=5).json()
`,
    instead: `from pathlib import Path

import requests
import yaml

config = yaml.safe_load(Path(__file__).with_name("config.yaml").read_text(encoding="utf-8"))


def score(rows):
    return requests.post(f"{config['scorer_url']}/v2/score", json=rows, timeout=5).json()
`,
    fixSafety:
      '"Move to config" keeps behaviour: the text stays the same, only its place changes. The fix is refused where the new file, the new names or the changed source could be noticed by the program itself: a listing of the folder, `dir()`, `inspect.getsource`.',
    whenNot:
      'Not reported: this machine (`localhost`, `127.0.0.1`), XML namespaces, links in texts, addresses whose host is made at run time, tests, defaults of `argparse`, `click`, `typer` and of environment variables, cells tagged `parameters` and lines with `#@param`. A connection string with a password is `hard-coded-credential`.',
  },
  *check(context) {
    if (context.isTest) return;
    const starts = new PlacedMap<Str, UrlStart>();
    for (const use of networkUsesOf(context.evaluator, context.folder)) {
      for (const start of startsOf(use, context)) {
        const { unit, node } = start.origin;
        if (!starts.has(unit, node)) starts.set(unit, node, start);
      }
    }
    for (const start of starts.values()) yield report(start);
  },
};

function startsOf({ use, folded }: NetworkUseFact, { facts, evaluator }: RuleContext): readonly UrlStart[] {
  return folded.flatMap((alternative) => {
    const start = urlStart(alternative, use === 'host');
    if (!start || start.origin.unit.facts !== facts) return [];
    if (use === 'bucket' && !start.isBucket) return [];
    if (use === 'http' && !/^https?:/i.test(start.text)) return [];
    return isConfigured(start.origin.node, start.origin.unit, evaluator) ? [] : [start];
  });
}

function report({ origin, text, isBucket }: UrlStart): Finding {
  const shown = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  const what = isBucket ? 'Bucket' : 'Address';
  return findingAt(hardCodedUrl, origin.unit, origin.node, `${what} "${shown}" is hard-coded`, {
    fixes: [{ id: 'paths-to-config', kind: 'keeps', title: 'Move to config (adds PyYAML)' }],
  });
}
