/** Every recorded stream of a protocol is known as such, and no recorded chat is taken for one. */
import { describe, expect, it } from 'vitest';
import { chatRecordings, recordedBytes } from '../../../support/chat-recordings.ts';
import { frameSteps, rebuiltExchanges } from '../../../support/protocol-stream.ts';

const recorded = chatRecordings();
const found = (file: string) =>
  rebuiltExchanges(frameSteps(recordedBytes(file))) as {
    protocol: string;
    end: string;
    diagnostics: unknown[];
  }[];

describe.skipIf(recorded.length === 0)('the protocol of a recorded stream', () => {
  it.each([
    ['llm-mock/a2a-v1.sse', 'a2a'],
    ['llm-mock/agui-text.sse', 'ag-ui'],
    ['llm-mock/mcp-streamable-tool-progress.sse', 'mcp'],
    ['llm/mcp/streamable-http-tool-result.sse', 'mcp'],
  ])('%s is %s', (file, protocol) => {
    expect(found(file)).toMatchObject([{ protocol, end: 'done', diagnostics: [] }]);
  });

  it.each(recorded.filter(({ file }) => !file.includes('/mcp/')))('$file is none', ({ file }) => {
    expect(found(file)).toEqual([]);
  });
});
