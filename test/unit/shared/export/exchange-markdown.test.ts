import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exchangeMarkdown } from '../../../../src/shared/export/exchange-markdown.ts';
import { fixtureSteps, foldOf, streamFold } from '../../../support/protocol-stream.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/protocol');

function markdownOf(name: string): string {
  const fold = streamFold();
  for (const step of fixtureSteps(join(FIXTURES, name))) step(fold);
  fold.end();
  return fold.exchanges().map(exchangeMarkdown).join('');
}

describe('an exchange as Markdown', () => {
  it('tells requests with what was asked and answered', () => {
    const text = markdownOf('mcp/tool-progress');
    expect(text).toContain('# MCP');
    expect(text).toContain('## tools/call: tide\\_table');
    expect(text).toContain('3 reports of progress, the last 3 of 3.');
    expect(text).toContain('"High water at 17:42"');
    expect(text).toContain('- Entry 6: notifications/message: info: tides: gauge 7 answered');
  });

  it('tells tasks with their artifacts', () => {
    const text = markdownOf('a2a/v1-artifacts');
    expect(text).toContain('## Task task-1');
    expect(text).toContain('### Artifact chart.md');
    expect(text).toContain('# Bay\nDepth 12 m');
  });

  it('tells runs with their steps, and the state', () => {
    const text = markdownOf('ag-ui/every-event');
    expect(text).toContain('### Step plan');
    expect(text).toContain('> Casting off — ⚓.');
    expect(text).toContain('**Tool call: wind**');
    expect(text).toContain('## State\n\nAfter 2 changes:');
    expect(markdownOf('ag-ui/state')).toContain('The state patch was not applied.');
  });

  it('keeps what came over the wire from becoming Markdown or HTML', () => {
    const evil = '<b>x</b> ```\n# y';
    const values = [
      { type: 'RUN_STARTED', threadId: evil, runId: evil },
      { type: 'TEXT_MESSAGE_CHUNK', messageId: 'm', delta: evil },
      { type: 'RUN_ERROR', message: evil },
    ];
    const text = foldOf(values).view().map(exchangeMarkdown).join('');
    expect(text).toContain('## Run \\<b\\>x');
    expect(text).toContain('> # y');
    expect(text).not.toMatch(/^# y/m);
  });

  const all = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.sse'),
  );
  it.each(all)('is written for %s', (name) => {
    const text = markdownOf(name.slice(0, -4));
    expect(text).toMatch(/^# /);
    expect(text).not.toContain('undefined');
    expect(text).toContain(
      `Entries | ${(JSON.parse(readFileSync(join(FIXTURES, name.replace(/sse$/, 'json')), 'utf8')) as [{ firstSeq: number }])[0].firstSeq} to`,
    );
  });
});
