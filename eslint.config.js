/**
 * Lint rules. Besides the usual, they close doors: IPC, the preload's transport and Svelte's reactivity may be touched only
 * where ARCHITECTURE.md says. The full import table is a test (test/architecture.test.ts); this gives it to the editor.
 */
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const noIpcMain = {
  name: 'electron',
  importNames: ['ipcMain'],
  message:
    'Only src/main/ipc/electron-server.ts opens the IPC door. Add a command to src/shared/ipc/contract.ts.',
};
const noIpcRenderer = {
  name: 'electron',
  importNames: ['ipcRenderer'],
  message: 'Only src/preload talks to ipcRenderer. Call the client that is handed to you.',
};
const noTransport = {
  selector: 'MemberExpression[object.name=/^(window|globalThis)$/][property.name="streamscope"]',
  message: 'Only src/renderer/main.ts takes the transport from the window. Take the client as a parameter.',
};
const noReactivity = {
  selector:
    'CallExpression[callee.name=/^\\$(state|derived|effect)$/], CallExpression[callee.object.name=/^\\$(state|derived|effect)$/]',
  message: 'The mirror is plain TypeScript: captured data never becomes reactive (see docs/decisions).',
};

const restrictedImports = (...paths) => ['error', { paths }];
const restrictedSyntax = (...selectors) => ['error', ...selectors];

export default ts.config(
  // A build writes its configuration, bundled, beside the original for a moment.
  {
    ignores: [
      'out/',
      'coverage/',
      '.cache/',
      '**/test-results/',
      'test/fixtures/',
      'electron.vite.config.ts.*',
      '**/*.timestamp-*',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,svelte}'],
    extends: [ts.configs.recommendedTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
  },
  svelte.configs.recommended,
  svelte.configs.prettier,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
  },
  { files: ['**/*.{js,mjs,cjs}'], languageOptions: { globals: globals.node } },
  { files: ['src/renderer/**', 'test/renderer/**'], languageOptions: { globals: globals.browser } },
  {
    rules: {
      'max-lines': ['error', 300],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      'max-lines': ['error', 250],
      // The linter takes components of other files, and what their snippets are given, for `any`. svelte-check knows better.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // Knows that `let { … } = $props()` is assigned by Svelte.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all', excludedRunes: ['$props', '$derived'] }],
    },
  },
  {
    files: ['**/*.{ts,svelte}'],
    rules: {
      // The compiler says it better and knows the ambient types.
      'no-undef': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: true }],
      // With noUncheckedIndexedAccess a cast after a bound check is normal; `!` is not (no-non-null-assertion).
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // Objects here are made by factories and close over what they need; there is no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-empty-function': [
        'error',
        { allow: ['methods', 'asyncMethods', 'arrowFunctions'] },
      ],
      // Several ports are async by contract while one implementation answers at once.
      '@typescript-eslint/require-await': 'off',
      // tsconfig asks for bracket access on index signatures; both styles are read in this code.
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/no-restricted-imports': restrictedImports(noIpcMain, noIpcRenderer),
      'no-restricted-syntax': restrictedSyntax(noTransport),
    },
  },
  {
    files: ['src/main/ipc/electron-server.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': restrictedImports(noIpcRenderer) },
  },
  {
    files: ['src/preload/**'],
    rules: { '@typescript-eslint/no-restricted-imports': restrictedImports(noIpcMain) },
  },
  { files: ['src/renderer/main.ts', 'test/**'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['src/renderer/mirror/**'],
    rules: { 'no-restricted-syntax': restrictedSyntax(noTransport, noReactivity) },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  {
    files: ['src/renderer/**'],
    rules: {
      // A plain Map is meant: what has to be told is told by createSubscriber (see docs/decisions).
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  // Programs that talk to a terminal.
  { files: ['scripts/**', 'src/cli/**', 'test/**'], rules: { 'no-console': 'off' } },
);
