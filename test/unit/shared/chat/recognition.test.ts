/** Every recorded stream is read by its own dialect, and by none where Streamscope has none for it. */
import { describe, expect, it } from 'vitest';
import { createDialects } from '../../../../src/shared/chat/registry.ts';
import { chatRecordings, rebuiltOf, recordedBytes } from '../../../support/chat-recordings.ts';

const known = new Set(
  createDialects()
    .all()
    .map(({ id }) => id),
);
const mock = (file: string, dialect = file) => ({ file: `llm-mock/${file}.sse`, dialect });
const recorded = chatRecordings();
const recordings =
  recorded.length === 0
    ? []
    : [
        ...recorded,
        ...['a2a-v1', 'agui-text', 'mcp-streamable-tool-progress'].map((file) => mock(file)),
        mock('aisdk-ui-message', 'ai-sdk-ui'),
      ];

/** A recording that lacks the blank line which dispatches its only event. */
const CUT = 'llm/google/prompt-blocked.txt';

describe.skipIf(recordings.length === 0)('the dialect of a recorded stream', () => {
  it.each(recordings)('$file is $dialect, where that is known', ({ file, dialect }) => {
    const bytes = recordedBytes(file);
    const whole = file === CUT ? new Uint8Array([...bytes, 10, 10]) : bytes;
    const found = rebuiltOf(whole).map((completion) => completion.dialect);
    expect(found).toEqual(known.has(dialect) ? [dialect] : []);
  });
});
