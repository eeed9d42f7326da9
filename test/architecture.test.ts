/** Holds the house together: the import table of ARCHITECTURE.md, executed, and a test for every piece of the core. */
import { describe, expect, it } from 'vitest';
import { DEBT, IMPORT_TABLE } from './architecture/import-table.ts';
import type { ModuleRule } from './architecture/module-rule.ts';
import { hasLogic, importsOf, sourceFiles, testFiles, testImportsOf } from './architecture/source-imports.ts';

/** Folders of src/shared whose every file with logic has a test. */
const CORE = [
  'sse',
  'connection',
  'session',
  'chat',
  'protocol',
  'compose',
  'filter',
  'export',
  'checks',
  'diff',
  'ipc',
];

/**
 * Parts that have no test of their own because the tests of the file that uses them say all there is to say. Everything else
 * in the core has a test at the same path below test/unit, or is called by a suite directly.
 */
const TESTED_THROUGH: Readonly<Record<string, string>> = {
  'shared/connection/machine-opening.ts': 'shared/connection/machine.ts',
  'shared/snippet/snippet.ts': 'shared/snippet/fetch.ts',
  'shared/import/collection.ts': 'shared/import/read-collection.ts',
  'shared/import/openapi-example.ts': 'shared/import/openapi.ts',
  'shared/checks/entry-facts.ts': 'shared/checks/evaluation.ts',
  'shared/checks/spec-node.ts': 'shared/checks/read-checks.ts',
  'shared/checks/kinds/answer.ts': 'shared/checks/registry.ts',
  'shared/checks/kinds/connection.ts': 'shared/checks/registry.ts',
  'shared/checks/kinds/count.ts': 'shared/checks/registry.ts',
  'shared/checks/kinds/event.ts': 'shared/checks/registry.ts',
  'shared/checks/kinds/gap.ts': 'shared/checks/registry.ts',
  'shared/checks/kinds/ids.ts': 'shared/checks/registry.ts',
  'shared/checks/kinds/no-diagnostics.ts': 'shared/checks/registry.ts',
  'shared/checks/kinds/order.ts': 'shared/checks/registry.ts',
  'shared/checks/kinds/response.ts': 'shared/checks/registry.ts',
  'shared/checks/kinds/schema.ts': 'shared/checks/registry.ts',
  'shared/checks/kinds/sequence.ts': 'shared/checks/registry.ts',
  'shared/checks/kinds/text.ts': 'shared/checks/registry.ts',
  'shared/chat/openai-delta.ts': 'shared/chat/openai-chat.ts',
  'shared/chat/part-tracker.ts': 'shared/chat/openai-chat.ts',
  'shared/chat/verdict.ts': 'shared/chat/verdicts.ts',
  'shared/chat/verdict-buffering.ts': 'shared/chat/verdicts.ts',
  'shared/chat/verdict-content.ts': 'shared/chat/verdicts.ts',
  'shared/chat/verdict-end.ts': 'shared/chat/verdicts.ts',
  'shared/chat/verdict-stream.ts': 'shared/chat/verdicts.ts',
  'shared/compose/fields.ts': 'shared/compose/openai-chat.ts',
  'shared/compose/gemini-parts.ts': 'shared/compose/gemini.ts',
  'shared/compose/openai-content.ts': 'shared/compose/openai-chat.ts',
  'shared/compose/shape.ts': 'shared/compose/openai-chat.ts',
  'shared/export/csv-cells.ts': 'shared/export/csv.ts',
  'shared/export/entry-json.ts': 'shared/export/ndjson.ts',
  'shared/export/fold-entries.ts': 'shared/export/completion-json.ts',
  'shared/export/har-body.ts': 'shared/export/har.ts',
  'shared/export/har-entry.ts': 'shared/export/har.ts',
  'shared/export/markdown-text.ts': 'shared/export/completion-markdown.ts',
  'shared/export/rebuilt-list.ts': 'shared/export/completion-json.ts',
  'shared/export/report-tally.ts': 'shared/export/report-markdown.ts',
  'shared/export/wire-range.ts': 'shared/export/export-source.ts',
  'shared/filter/query-fault.ts': 'shared/filter/query.ts',
  'shared/filter/query-parser.ts': 'shared/filter/query.ts',
  'shared/filter/query-tokens.ts': 'shared/filter/query.ts',
  'shared/ipc/argument-fields.ts': 'shared/ipc/parse-arguments.ts',
  'shared/ipc/contract-shape.ts': 'shared/ipc/contract.ts',
  'shared/ipc/parse-workspace.ts': 'shared/ipc/parse-arguments.ts',
  'shared/protocol/a2a-shapes.ts': 'shared/protocol/a2a.ts',
  'shared/protocol/a2a-task.ts': 'shared/protocol/a2a.ts',
  'shared/protocol/ag-ui-content.ts': 'shared/protocol/ag-ui.ts',
  'shared/protocol/ag-ui-run.ts': 'shared/protocol/ag-ui.ts',
  'shared/protocol/exchange-tracker.ts': 'shared/protocol/mcp.ts',
  'shared/protocol/json-rpc.ts': 'shared/protocol/mcp.ts',
  'shared/session/append-listeners.ts': 'shared/session/memory-log.ts',
  'shared/session/byte-blocks.ts': 'shared/session/memory-log.ts',
  'shared/session/event-types.ts': 'shared/session/memory-log.ts',
  'shared/session/read-table.ts': 'shared/session/memory-log.ts',
  'shared/session/session-counts.ts': 'shared/session/memory-log.ts',
  'shared/sse/aws-splitter.ts': 'shared/sse/value-reader.ts',
  'shared/sse/block-parser.ts': 'shared/sse/frame-reader.ts',
  'shared/sse/frame-cutter.ts': 'shared/sse/value-reader.ts',
  'shared/sse/frame-splitter.ts': 'shared/sse/frame-reader.ts',
  'shared/sse/json-array-splitter.ts': 'shared/sse/value-reader.ts',
  'shared/sse/json-seq-splitter.ts': 'shared/sse/value-reader.ts',
  'shared/sse/line-splitter.ts': 'shared/sse/value-reader.ts',
  'shared/sse/value-frame.ts': 'shared/sse/value-reader.ts',
};

function isBelow(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(prefix.endsWith(':') ? prefix : `${prefix}/`);
}

/** The module that a file below src/ belongs to, and its rule; `views/*` makes one module of each view. */
function moduleOf(file: string): { readonly name: string; readonly rule: ModuleRule } | null {
  const fitting = IMPORT_TABLE.flatMap((rule) => {
    if (!rule.module.endsWith('/*')) return isBelow(file, rule.module) ? [{ name: rule.module, rule }] : [];
    const parent = rule.module.slice(0, -2);
    const [folder, ...rest] = file.slice(parent.length + 1).split('/');
    return isBelow(file, parent) && folder !== undefined && rest.length > 0
      ? [{ name: `${parent}/${folder}`, rule }]
      : [];
  });
  return fitting.sort((a, b) => b.name.length - a.name.length)[0] ?? null;
}

/** Files with rights of their own are not reached through a rule for their folder. */
function isAllowed(rule: ModuleRule, target: string, targetModule: string): boolean {
  return rule.may.some((allowed) => {
    if (!isBelow(target, allowed)) return false;
    const namesFileRule = /\.(ts|svelte)$/.test(targetModule);
    return !namesFileRule || rule.module === 'main' || allowed === targetModule;
  });
}

function violationsOf(file: string): readonly string[] {
  const own = moduleOf(file);
  if (!own) return [`src/${file} belongs to no module of test/architecture/import-table.ts.`];
  return importsOf(file).flatMap(({ target }) => {
    const targetModule = moduleOf(target)?.name ?? target;
    if (targetModule === own.name || isAllowed(own.rule, target, targetModule)) return [];
    if (DEBT.some((edge) => edge.from === file && edge.to === target)) return [];
    const may = own.rule.may.length > 0 ? own.rule.may.join(', ') : 'nothing';
    return [`src/${file} imports ${target}. ${own.name} may import ${may}. ${own.rule.because}`];
  });
}

describe('the import table', () => {
  it('is kept by every file of src', () => {
    expect(sourceFiles().flatMap(violationsOf).join('\n')).toBe('');
  });

  it('has no debt that has been paid', () => {
    const edges = sourceFiles().flatMap(importsOf);
    const paid = DEBT.filter(
      ({ from, to }) => !edges.some(({ file, target }) => file === from && target === to),
    );
    expect(paid).toEqual([]);
  });

  it.each([
    ['shared/sse/event-parser.ts', 'shared/session/entry.ts', false],
    ['shared/session/row.ts', 'shared/sse/types.ts', true],
    ['main/connections/driver.ts', 'electron', false],
    ['main/ipc/handlers.ts', 'electron', false],
    ['main/ipc/electron-server.ts', 'electron', true],
    ['main/window.ts', 'electron', true],
    ['preload/index.ts', 'node:fs', false],
    ['renderer/mirror/session-mirror.ts', 'svelte', false],
    ['renderer/views/chat/ChatView.svelte', 'renderer/views/events/EventList.svelte', false],
    ['renderer/views/chat/ChatView.svelte', 'renderer/views/chat/chat-text.ts', true],
    ['renderer/views/chat/ChatView.svelte', 'renderer/mirror/session-mirror.ts', false],
    ['cli/index.ts', 'main/window.ts', false],
    ['main/export/export-service.ts', 'electron', false],
    ['cli/index.ts', 'main/capture/file-log.ts', true],
  ])('judges %s → %s', (file, target, allowed) => {
    const own = moduleOf(file);
    const targetModule = moduleOf(target)?.name ?? target;
    expect(own !== null && (own.name === targetModule || isAllowed(own.rule, target, targetModule))).toBe(
      allowed,
    );
  });
});

describe('the core', () => {
  const called = new Set(testFiles().flatMap(testImportsOf));
  const twinOf = (file: string) => `unit/${file.replace(/\.ts$/, '.test.ts')}`;
  const tests = new Set(testFiles());
  const hasTest = (file: string) => tests.has(twinOf(file)) || called.has(file);

  it('has a test for every file that does something', () => {
    const untested = sourceFiles()
      .filter((file) => CORE.some((folder) => isBelow(file, `shared/${folder}`)) && hasLogic(file))
      .filter((file) => !hasTest(TESTED_THROUGH[file] ?? file))
      .map((file) => `src/${file} has no test: write test/${twinOf(file)}.`);
    expect(untested.join('\n')).toBe('');
  });

  it.each(Object.entries(TESTED_THROUGH))('tests %s through %s, which uses it', (part, whole) => {
    expect(importsOf(whole).map(({ target }) => target)).toContain(part);
  });
});
