import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rebuildBytes, rebuildOutput, rebuildSession } from '../../../src/cli/rebuild.ts';
import type { RebuiltCompletion } from '../../../src/shared/chat/rebuilt.ts';
import { rebuiltList } from '../../../src/shared/export/rebuilt-list.ts';
import { createPortableByteText } from '../../../src/shared/sse/byte-text.ts';
import { recordedLog } from '../../support/recorded-log.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const byteText = createPortableByteText();
const FIXTURES = join(import.meta.dirname, '../../fixtures/chat');

function cut(bytes: Uint8Array, size: () => number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const chunk = bytes.slice(at, at + size());
    chunks.push(chunk);
    at += chunk.length;
  }
  return chunks;
}

describe.each(['openai-chat', 'anthropic-messages'])('rebuilding %s', (dialect) => {
  const folder = join(FIXTURES, dialect);
  const names = readdirSync(folder).filter((name) => name.endsWith('.sse'));

  it.each(names)('gives the same of %s however the bytes are cut', async (name) => {
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    const expected: unknown = JSON.parse(readFileSync(join(folder, name.replace(/sse$/, 'json')), 'utf8'));
    const random = seededRandom(bytes.length);
    const ways = [() => bytes.length, () => 1, () => 7, () => 1 + Math.floor(random() * 200)];
    for (const size of ways) {
      const rebuilt = rebuiltList(await rebuildBytes(cut(bytes, size), byteText)) as RebuiltCompletion[];
      for (const { verdicts } of rebuilt) expect(verdicts?.length).toBeGreaterThan(0);
      expect(rebuilt.map((completion) => ({ ...completion, verdicts: undefined }))).toEqual(expected);
    }
  });
});

describe('rebuilding', () => {
  it('finds nothing in what is no event stream, and says so', async () => {
    const random = seededRandom(1);
    const noise = Uint8Array.from({ length: 300_000 }, () => Math.floor(random() * 256));
    expect(rebuildOutput(await rebuildBytes([noise], byteText))).toBe('[]\n');
    expect(rebuildOutput(await rebuildBytes([], byteText))).toBe('[]\n');
    expect(rebuiltList(await rebuildBytes([new TextEncoder().encode('<html>\n\n')], byteText))).toEqual([]);
  });

  it('finds an error in a frame that began long before its last chunk', async () => {
    const chunk = 'data: {"choices":[{"delta":{"content":"x"}}]}\n\n'.repeat(5000);
    const error = `error: {"message":"${'y'.repeat(60_000)}"}\n\n`;
    const bytes = new TextEncoder().encode(chunk + error);
    const rebuilt = await rebuildBytes(
      cut(bytes, () => 1000),
      byteText,
    );
    expect(rebuiltList(rebuilt)[0]).toMatchObject({ end: 'error', choices: [{ content: 'x'.repeat(5000) }] });
  });

  it('goes on over the attempts of a session', async () => {
    const chunk = (content: string) =>
      `data: {"id":"a","choices":[{"index":0,"delta":{"content":"${content}"}}]}\n\n`;
    const log = recordedLog([{ reads: [chunk('a')] }, { reads: [chunk('b'), 'data: [DONE]\n\n'] }]);
    expect(rebuiltList(await rebuildSession(log, byteText))).toMatchObject([
      { choices: [{ content: 'ab' }], end: 'done', firstSeq: 1, lastSeq: 5 },
    ]);
  });

  it('prints one line', async () => {
    const bytes = new TextEncoder().encode('data: {"choices":[{"delta":{"content":"a\\nb"}}]}\n\n');
    const text = rebuildOutput(await rebuildBytes([bytes], byteText));
    expect(text.split('\n')).toHaveLength(2);
    expect(JSON.parse(text)).toMatchObject([{ choices: [{ content: 'a\nb' }] }]);
  });

  it('prints exchanges beside completions, and either for people', async () => {
    const chat = 'data: {"choices":[{"delta":{"content":"Hello"}}]}\n\n';
    const run = 'data: {"type":"RUN_STARTED","threadId":"t","runId":"r1"}\n\n';
    const rebuilt = await rebuildBytes([new TextEncoder().encode(run + chat)], byteText);
    expect(JSON.parse(rebuildOutput(rebuilt))).toMatchObject([
      { protocol: 'ag-ui', end: 'cut', runs: [{ id: 'r1' }] },
      { dialect: 'openai-chat' },
    ]);
    const text = rebuildOutput(rebuilt, 'markdown');
    expect(text).toContain('## Run r1: running');
    expect(text).toContain('Hello');
    const nothing = await rebuildBytes([], byteText);
    expect(rebuildOutput(nothing, 'markdown')).toBe('Nothing to rebuild was found.\n');
  });

  it.each(['mcp/tool-progress', 'a2a/failed', 'ag-ui/every-event', 'graphql-sse/single-connection'])(
    'gives the same of %s however the bytes are cut',
    async (name) => {
      const bytes = new Uint8Array(readFileSync(join(FIXTURES, '../protocol', `${name}.sse`)));
      const whole = rebuildOutput(await rebuildBytes([bytes], byteText));
      expect(JSON.parse(whole)).toHaveLength(1);
      for (const size of [() => 1, () => 7]) {
        expect(rebuildOutput(await rebuildBytes(cut(bytes, size), byteText))).toBe(whole);
      }
    },
  );
});
