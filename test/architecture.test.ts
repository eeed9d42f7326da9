/** Holds the house together: the import table of ARCHITECTURE.md, executed. */
import { describe, expect, it } from 'vitest';
import { DEBT, IMPORT_TABLE, type ModuleRule } from './architecture/import-table.ts';
import { importsOf, sourceFiles } from './architecture/source-imports.ts';

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
