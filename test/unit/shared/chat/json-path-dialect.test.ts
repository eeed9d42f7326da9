import { describe, expect, it } from 'vitest';
import { createFold } from '../../../../src/shared/chat/fold.ts';
import { createJsonPathDialect, insisted } from '../../../../src/shared/chat/json-path-dialect.ts';
import { anthropicMessages } from '../../../../src/shared/chat/anthropic-messages.ts';
import { rebuiltCompletion } from '../../../../src/shared/chat/rebuilt.ts';
import type { AnyDialect } from '../../../../src/shared/chat/registry.ts';

function rebuilt(dialect: AnyDialect, events: readonly (object | string)[]) {
  const fold = createFold([insisted(dialect)]);
  for (const [seq, event] of events.entries()) {
    fold.push({
      type: 'message',
      data: typeof event === 'string' ? event : JSON.stringify(event),
      seq,
      atMs: seq,
    });
  }
  fold.end();
  return fold.view().map(rebuiltCompletion);
}
const pathDialect = (isCumulative: boolean): AnyDialect =>
  createJsonPathDialect(['out', 'text'], isCumulative);

describe('plain JSON with a path', () => {
  it('joins what stands at the path', () => {
    const events = [{ meta: 1 }, { out: { text: 'Low ' } }, { out: { text: 'tide.' } }, '[DONE]'];
    expect(rebuilt(pathDialect(false), events)).toMatchObject([
      { dialect: 'json-path', choices: [{ content: 'Low tide.' }], end: 'done', firstSeq: 0 },
    ]);
  });

  it('takes what is new of a text that is sent from its beginning', () => {
    const events = ['Low ', 'Low tide', 'Low tide.'].map((text) => ({ out: { text } }));
    expect(rebuilt(pathDialect(true), events)).toMatchObject([
      { choices: [{ content: 'Low tide.' }], end: 'complete' },
    ]);
  });
});

describe('a dialect that the user insists on', () => {
  it('reads events that it would not have claimed', () => {
    const events = [
      { type: 'ping' },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'x' } },
    ];
    expect(rebuilt(anthropicMessages as AnyDialect, events)).toMatchObject([
      { dialect: 'anthropic-messages', choices: [{ content: 'x' }], firstSeq: 0 },
    ]);
  });
});
