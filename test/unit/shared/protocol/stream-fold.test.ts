import { describe, expect, it } from 'vitest';
import { frameSteps, rebuiltExchanges, streamFold } from '../../../support/protocol-stream.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('the fold of a stream', () => {
  it('rebuilds completions and exchanges side by side', () => {
    const chat = 'data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\n';
    const run = 'data: {"type":"RUN_STARTED","threadId":"t","runId":"r"}\n\n';
    const fold = streamFold();
    const before = fold.revision;
    for (const step of frameSteps(bytes(chat + run))) step(fold);
    expect(fold.completions()).toHaveLength(1);
    expect(fold.exchanges()).toHaveLength(1);
    expect(fold.revision).toBeGreaterThan(before);
  });

  it.each(['event: complete\n\n', 'event:complete\r\n\r\n'])('knows the end of GraphQL in %j', (end) => {
    const next = 'event: next\ndata: {"data":{"a":1}}\n\n';
    expect(rebuiltExchanges(frameSteps(bytes(next + end)))).toMatchObject([{ end: 'done' }]);
    expect(rebuiltExchanges(frameSteps(bytes(`${next}event: completely\n\n`)))).toMatchObject([
      { end: 'cut' },
    ]);
  });
});
