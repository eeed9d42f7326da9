import { describe, expect, it } from 'vitest';
import { describeExporter, exported } from '../../../contract/exporter.ts';
import { recordedLog } from '../../../support/recorded-log.ts';

describeExporter('completion-json', null);

const chunk = (content: string, id = 'a') =>
  `data: ${JSON.stringify({ id, model: 'm', choices: [{ index: 0, delta: { content } }] })}\n\n`;

describe('completions as JSON', () => {
  it('go on over reconnects', async () => {
    const log = recordedLog([
      { reads: [chunk('one '), chunk('two')] },
      { reads: [chunk(' three'), 'data: [DONE]\n\n'] },
      { reads: [chunk('another', 'b')] },
    ]);
    const { text } = await exported('completion-json', log);
    expect(JSON.parse(text)).toMatchObject([
      { id: 'a', end: 'done', choices: [{ content: 'one two three' }], firstSeq: 1, lastSeq: 6 },
      { id: 'b', end: 'truncated', choices: [{ content: 'another' }] },
    ]);
    expect(text.split('\n').length).toBeGreaterThan(10);
  });

  it('are none where there is no chat stream', async () => {
    const { text } = await exported('completion-json', recordedLog([{ reads: ['data: hello\n\n'] }]));
    expect(text).toBe('[]\n');
  });

  it('take an error from a frame that dispatched no event', async () => {
    const log = recordedLog([{ reads: [chunk('one'), 'error: {"message":"slot"}\n\n'] }]);
    const { text } = await exported('completion-json', log);
    expect(JSON.parse(text)).toMatchObject([{ end: 'error', error: { message: 'slot' } }]);
  });

  it('stand beside exchanges, in the order of the stream', async () => {
    const run = 'data: {"type":"RUN_STARTED","threadId":"t","runId":"r"}\n\n';
    const { text } = await exported('completion-json', recordedLog([{ reads: [run, chunk('one')] }]));
    expect(JSON.parse(text)).toMatchObject([{ protocol: 'ag-ui', end: 'cut' }, { dialect: 'openai-chat' }]);
  });
});
