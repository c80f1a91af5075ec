import { moveToConfig } from '../refactorings/paths-to-config';
import type { Finding } from '../rules/rule';
import type { Str } from '../syntax/ast';
import { folderOf } from '../text/workspace';
import type { Analysis } from './engine';
import { type Action, type Offer, type Outcome } from './offer';
import { findingsAt } from './place';

const ID = 'paths-to-config';
const RULE = 'hard-coded-path';
/** The rules whose findings are texts that can move as they are. */
const TEXT_RULES: readonly string[] = [RULE, 'hard-coded-url'];

/** "Move to config": one path or address at all its places, all paths of a program, or one in several programs. */
export const pathsToConfigAction: Action = {
  id: ID,
  offer(analysis, place, siblings) {
    const offers: Offer[] = [];
    const texts = findingsAt(analysis, place).filter(({ rule }) => TEXT_RULES.includes(rule));
    for (const rule of TEXT_RULES) {
      const here = texts.filter((finding) => finding.rule === rule);
      const [first] = here;
      if (!first) continue;
      offers.push({
        id: ID,
        title: 'Move to config (adds PyYAML)',
        kind: 'keeps',
        codeActionKind: 'quickfix.graduate.pathsToConfig',
        isPreferred: true,
        disabled: undefined,
        findings: here,
        target: { type: 'finding', finding: first },
      });
      const sharing = siblings.filter((sibling) =>
        sibling.findings.some((finding) => isSamePath(finding, first)),
      );
      if (sharing.length > 0) offers.push(folderOffer(analysis, first, sharing));
    }
    offers.push(programOffer(analysis));
    return offers;
  },
  async resolve(offer, analysis, context): Promise<Outcome> {
    const { target } = offer;
    const programs: Analysis[] = [];
    if (target.type === 'programs') {
      for (const path of target.paths) {
        if (path === analysis.path) programs.push(analysis);
        else {
          const source = await context.loadProgram(path);
          if (source) programs.push(context.engine.analyze(source));
        }
      }
    } else {
      programs.push(analysis);
    }
    const folder = commonFolder(programs.map((program) => folderOf(program.path)));
    return moveToConfig({
      programs,
      folder,
      fileName: await context.configFileIn?.(folder),
      only: target.type === 'finding' ? target.finding : undefined,
      workspace: context.workspace,
    });
  },
};

/** The offer for all paths of a program. */
export function programOffer(analysis: Analysis): Offer {
  const findings = analysis.findings.filter((finding) => finding.rule === RULE);
  return {
    id: ID,
    title: 'Move all paths to config (adds PyYAML)',
    kind: 'refactor',
    codeActionKind: 'refactor.extract.graduate.pathsToConfig',
    isPreferred: false,
    disabled: findings.length === 0 ? 'No hard-coded path is here' : undefined,
    findings,
    target: { type: 'program' },
  };
}

/** The offer for one path in all programs of a folder that name it. */
function folderOffer(analysis: Analysis, finding: Finding, sharing: readonly Analysis[]): Offer {
  const paths = [analysis.path, ...sharing.map((sibling) => sibling.path)];
  return {
    id: ID,
    title: `Move to config in ${paths.length} files of this folder (adds PyYAML)`,
    kind: 'keeps',
    codeActionKind: 'quickfix.graduate.pathsToConfigInFolder',
    isPreferred: false,
    disabled: undefined,
    findings: [finding],
    target: { type: 'programs', paths, finding },
  };
}

function isSamePath(a: Finding, b: Finding): boolean {
  const textOf = ({ node }: Finding): string | undefined =>
    node && 'kind' in node && node.kind === 'Str' ? (node as Str).value : undefined;
  return a.rule === b.rule && textOf(a) !== undefined && textOf(a) === textOf(b);
}

/** The deepest folder that holds all of them. */
function commonFolder(folders: readonly string[]): string {
  const [first = '', ...rest] = folders;
  let parts = first === '' ? [] : first.split('/');
  for (const folder of rest) {
    const other = folder === '' ? [] : folder.split('/');
    const length = parts.findIndex((part, i) => other[i] !== part);
    if (length >= 0) parts = parts.slice(0, length);
  }
  return parts.join('/');
}
