import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { leafKinds } from '../../../src/vscode/actions/kinds';
import { RULES } from '../../../src/rules/registry';
import { SEVERITIES } from '../../../src/rules/rule';

const ROOT = path.resolve(__dirname, '../../..');
const FILE = path.join(ROOT, 'package.json');

interface Manifest {
  activationEvents: string[];
  capabilities: Record<string, unknown>;
  contributes: {
    commands: { command: string; title: string; category: string }[];
    menus: Record<string, { command: string }[]>;
    viewsContainers: { activitybar: { icon: string }[] };
    viewsWelcome: { contents: string }[];
    grammars: { path: string; injectTo: string[] }[];
    walkthroughs: { id: string; steps: WalkthroughStep[] }[];
    configuration: { properties: Record<string, { properties: Record<string, unknown> }> };
  };
}

interface WalkthroughStep {
  id: string;
  description: string;
  media: { svg: string; altText: string };
  completionEvents: string[];
}

/** What package.json has to say about the rules: it is data, so it cannot ask them. */
function ruleProperties(): Record<string, unknown> {
  const entries = RULES.map(({ name, severity, summary }) => [
    name,
    { type: 'string', enum: SEVERITIES, default: severity, description: summary },
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

suite('manifest', () => {
  const text = fs.readFileSync(FILE, 'utf8');
  const manifest = JSON.parse(text) as Manifest;
  const { contributes } = manifest;

  test('graduate.rules names every rule with its severities (GRADUATE_WRITE=1 makes it so)', () => {
    const setting = contributes.configuration.properties['graduate.rules']!;
    if (process.env['GRADUATE_WRITE'] === '1') {
      setting.properties = ruleProperties();
      fs.writeFileSync(FILE, `${JSON.stringify(manifest, null, 2)}\n`);
    }
    assert.deepEqual(setting.properties, ruleProperties());
  });

  test('it is activated by Python and by notebooks, never on start-up', () => {
    assert.deepEqual(manifest.activationEvents, ['onLanguage:python', 'onNotebook:jupyter-notebook']);
  });

  test('it works without trust and without a disk', () => {
    assert.deepEqual(manifest.capabilities, {
      untrustedWorkspaces: { supported: true },
      virtualWorkspaces: true,
    });
  });

  test('menus name commands that are there', () => {
    const commands = contributes.commands.map(({ command }) => command);
    const named = Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command));
    assert.deepEqual(
      named.filter((command) => !commands.includes(command)),
      [],
    );
    for (const { command, title, category } of contributes.commands) {
      assert.equal(category, 'Graduate', command);
      assert.match(title, /^[A-Z]/, command);
    }
  });

  test('the icon takes the theme’s colour', () => {
    const icon = contributes.viewsContainers.activitybar[0]!.icon;
    const svg = fs.readFileSync(path.join(path.dirname(FILE), icon), 'utf8');
    assert.match(svg, /currentColor/);
    assert.doesNotMatch(svg, /#[0-9a-f]{3,6}/i);
  });

  test('pages and the walkthrough call commands that are there, and show pictures that are there', () => {
    const own = contributes.commands.map(({ command }) => command);
    const steps = contributes.walkthroughs.flatMap((each) => each.steps);
    const texts = [
      ...contributes.viewsWelcome.map(({ contents }) => contents),
      ...steps.map((s) => s.description),
    ];
    const called = texts.flatMap((each) =>
      [...each.matchAll(/\(command:([\w.]+)/g)].map((match) => match[1]!),
    );
    const events = steps.flatMap(({ completionEvents }) => completionEvents);
    const completing = events.flatMap((event) => /^onCommand:(.*)$/.exec(event)?.[1] ?? []);
    assert.ok(called.includes('graduate.fixAll'));
    for (const command of [...called, ...completing].filter((each) => each.startsWith('graduate.'))) {
      assert.ok(own.includes(command) || command === 'graduate.readiness.focus', command);
    }
    for (const { media } of steps) {
      const svg = fs.readFileSync(path.join(path.dirname(FILE), media.svg), 'utf8');
      assert.doesNotMatch(svg, /#[0-9a-f]{3,6}\b/i, 'a colour that is not the theme’s');
      assert.ok(media.altText.length > 0);
    }
    assert.ok(texts.some((each) => each.includes(`%23${contributes.walkthroughs[0]!.id}`)));
  });

  test('every action has leaf kinds', () => {
    assert.ok(leafKinds().includes('quickfix.graduate.pathsToConfig'));
    assert.ok(leafKinds().includes('refactor.extract.graduate.pathsToConfig'));
  });

  test('the package holds every bundle', () => {
    const bundles = /entryPoints: \{([^}]*)\}/.exec(
      fs.readFileSync(path.join(ROOT, 'esbuild.js'), 'utf8'),
    )![1]!;
    const names = [...bundles.matchAll(/(\w+):/g)].map(([, name]) => `!dist/${name}.js`);
    const packaged = fs.readFileSync(path.join(ROOT, '.vscodeignore'), 'utf8').split('\n');
    assert.ok(names.length >= 3);
    assert.deepEqual(
      names.filter((name) => !packaged.includes(name)),
      [],
    );
  });
});
