// What `npm test` runs. A check counts as one test; a layer counts its tests.
// `needs`: what has to be set up first. Everything but `unit` and the checks may install big things once.
const mocha = (name, folders, seconds, needs) => ({ name, kind: 'mocha', folders, seconds, needs });
const check = (name, ...command) => ({ name, kind: 'check', command, needs: [] });

export const LAYERS = [
  check('format', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
  check('types', 'node_modules/typescript/bin/tsc', '--noEmit'),
  check('lint', 'node_modules/eslint/bin/eslint.js', '.'),
  check('build', 'esbuild.js'),
  // The seconds are mocha's limit for one test, where the test sets none itself.
  mocha('unit', ['test/unit'], 10, []),
  mocha('cli', ['test/cli'], 30, ['build']),
  mocha('documentation', ['test/documentation'], 30, ['build', 'python']),
  mocha('cases', ['test/cases'], 30, ['build', 'python']),
  mocha('execution', ['test/execution', 'test/behaviour', 'test/packages'], 120, ['build', 'python']),
  mocha('corpus', ['test/corpus'], 600, ['build', 'python']),
  { name: 'editor', kind: 'editor', needs: ['build', 'python', 'host'] },
];

/** Runs only when it is named: `npm run test:long`. */
export const EXTRA_LAYERS = [{ ...mocha('long', ['test/long'], 3600, ['build', 'python']), minutes: 300 }];

/**
 * Which layers run at the same time: the stages follow one another, and in each the lanes run side by side, their layers
 * one after the other. `unit` is alone, its time is the inner loop's. So is the editor: beside programs that take both
 * cores a walk missed what was on the screen for a moment, in two runs of two.
 */
const STAGES = [
  [['format'], ['types'], ['lint']],
  [['build']],
  [['unit']],
  [['cli', 'documentation', 'cases', 'execution', 'corpus']],
  [['editor']],
  [['long']],
];

/** The stages of these layers: lanes of layers, without those that are empty. */
export function stagesOf(layers) {
  return STAGES.map((lanes) =>
    lanes
      .map((names) => names.flatMap((name) => layers.filter((layer) => layer.name === name)))
      .filter((lane) => lane.length > 0),
  ).filter((lanes) => lanes.length > 0);
}

const ALIASES = {
  docs: 'documentation',
  behaviour: 'execution',
  check: ['format', 'types', 'lint', 'build'],
};

/** The layers with these names, in running order, and the build where one of them needs it; all without names. */
export function chooseLayers(names) {
  const known = [...LAYERS, ...EXTRA_LAYERS];
  const wanted = new Set(names.flatMap((name) => ALIASES[name] ?? name));
  for (const name of wanted) {
    if (!known.some((layer) => layer.name === name)) {
      throw new Error(`no layer "${name}"; there are: ${known.map((layer) => layer.name).join(', ')}`);
    }
  }
  if (wanted.size === 0) return LAYERS;
  const needsBuild = known.some((layer) => wanted.has(layer.name) && layer.needs.includes('build'));
  if (needsBuild) wanted.add('build');
  return known.filter((layer) => wanted.has(layer.name));
}
