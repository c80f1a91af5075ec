import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import downwardImports from './scripts/eslint/downward-imports.mjs';

/** What plain Node scripts may name without declaring it. */
const nodeGlobals = Object.fromEntries(
  [
    ...[
      'AbortController',
      'AbortSignal',
      'Buffer',
      'URL',
      'URLSearchParams',
      'console',
      'fetch',
      'performance',
    ],
    ...[
      'process',
      'clearInterval',
      'clearTimeout',
      'setImmediate',
      'setInterval',
      'setTimeout',
      'structuredClone',
    ],
  ].map((name) => [name, 'readonly']),
);
/** Code that Playwright runs inside the page. */
const pageGlobals = { document: 'readonly', window: 'readonly', navigator: 'readonly' };
const commonJsGlobals = {
  require: 'readonly',
  module: 'writable',
  exports: 'writable',
  __dirname: 'readonly',
};

export default defineConfig(
  globalIgnores(['dist/', 'out/', 'coverage/', 'samples/', 'test/data/', '**/*.d.mts']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // The interfaces that VS Code and mocha want are asynchronous whether or not there is something to wait for.
      '@typescript-eslint/require-await': 'off',
      // A number in a message is not a mistake.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Walking up a chain of parents starts at `this`; arrow functions have made the old mistake impossible.
      '@typescript-eslint/no-this-alias': 'off',
      // Text that users wrote holds control characters, and the code looks for them on purpose.
      'no-control-regex': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { graduate: { rules: { 'downward-imports': downwardImports } } },
    rules: {
      'graduate/downward-imports': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    extends: [js.configs.recommended],
    languageOptions: { globals: { ...nodeGlobals, ...pageGlobals } },
    rules: { eqeqeq: 'error' },
  },
  {
    files: ['**/*.cjs', 'esbuild.js'],
    languageOptions: { sourceType: 'commonjs', globals: commonJsGlobals },
  },
);
