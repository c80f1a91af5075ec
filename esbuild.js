// Bundles the entries (extension.js, cli.js, worker.js) and copies the two wasm files and the Python files they use.
// `node esbuild.js [--watch] [--production] [--out DIR]`
const { build, context } = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const out = process.argv.indexOf('--out');
const outdir = out < 0 ? path.join(__dirname, 'dist') : path.resolve(process.argv[out + 1]);

/** @type {import('esbuild').BuildOptions} */
const options = {
  entryPoints: { extension: 'src/extension.ts', cli: 'src/cli.ts', worker: 'src/worker.ts' },
  outdir,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  external: ['vscode'],
  // Also for whoever builds from a checkout: half of the text to compile is half of the wait when the CLI starts.
  minify: !watch,
  sourcemap: production ? false : 'linked',
  logLevel: 'info',
  // The ESM build of web-tree-sitter reads import.meta.url, which is empty in a CJS bundle.
  alias: {
    'web-tree-sitter': require.resolve('web-tree-sitter'),
  },
};

function copyWasm() {
  fs.mkdirSync(outdir, { recursive: true });
  const runtime = path.join(path.dirname(require.resolve('web-tree-sitter')), 'web-tree-sitter.wasm');
  const grammar = path.join(
    path.dirname(require.resolve('tree-sitter-python/package.json')),
    'tree-sitter-python.wasm',
  );
  for (const file of [runtime, grammar]) fs.copyFileSync(file, path.join(outdir, path.basename(file)));
}

/** The Python that runs programs for `verify`. */
function copyPython() {
  fs.cpSync(path.join(__dirname, 'src', 'verify', 'python'), path.join(outdir, 'verify'), {
    recursive: true,
    filter: (file) => !file.includes('__pycache__'),
  });
}

(async () => {
  copyWasm();
  copyPython();
  if (watch) {
    await (await context(options)).watch();
  } else {
    await build(options);
  }
})().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
