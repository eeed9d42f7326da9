/** The checks that run no test: types by project, lint, formatting. Each counts as one test. */
import { inProject } from '../setup/project.mjs';
import { capture } from '../setup/run.mjs';

const tool = (...path) => inProject('node_modules', ...path);
const tsc = tool('typescript', 'bin', 'tsc');

/** `{ name, run }`; `run` resolves to `{ code, output }`. */
const check = (name, program, ...args) => ({
  name,
  run: () => capture(process.execPath, [program, ...args]),
});

export const typeChecks = [
  check('types: shared', tsc, '-p', 'src/shared/tsconfig.json'),
  check('types: main, preload, cli', tsc, '-p', 'tsconfig.node.json'),
  check('types: tests', tsc, '-p', 'tsconfig.test.json'),
  // Reads .ts and .svelte files alike, so the window needs no tsc of its own.
  check(
    'types: window',
    tool('svelte-check', 'bin', 'svelte-check'),
    '--tsconfig',
    'tsconfig.web.json',
    '--fail-on-warnings',
  ),
];

export const lintCheck = check('lint', tool('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0');

export const formatCheck = check(
  'format',
  tool('prettier', 'bin', 'prettier.cjs'),
  '.',
  '--check',
  '--log-level',
  'warn',
);

export const staticChecks = [lintCheck, ...typeChecks, formatCheck];

/** Rewrites files in place. */
export const formatFiles = check(
  'format',
  tool('prettier', 'bin', 'prettier.cjs'),
  '.',
  '--write',
  '--log-level',
  'warn',
);
