import { describe, expect, it } from 'vitest';
import { describeExporter, exported, ODD_ATTEMPTS } from '../../../contract/exporter.ts';
import { recordedLog } from '../../../support/recorded-log.ts';

describeExporter('report', null);

describe('a report', () => {
  it('tells what the session was, each attempt, its counts, what stands out and what is wrong', async () => {
    const { text } = await exported('report', recordedLog(ODD_ATTEMPTS));
    for (const part of ['# Recorded', '## Attempts', '## Counts', '## Notable events', '## Diagnostics'])
      expect(text).toContain(part);
    expect(text).toContain('| goal | 1 |');
    expect(text).toMatch(/\*\*Longest event\*\*: entry \d+/);
    expect(text.match(/^\| [123] \| \d/gm)).toHaveLength(3);
  });

  it('has the completions in it, below its own headings', async () => {
    const chunk = (delta: object) =>
      `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model: 'm', choices: [{ index: 0, delta, finish_reason: null }] })}\n\n`;
    const log = recordedLog([
      { reads: [chunk({ role: 'assistant', content: 'Hello ' }), chunk({ content: 'world' })] },
    ]);
    const { text } = await exported('report', log);
    expect(text).toContain('## Completions and exchanges');
    expect(text).toContain('### m');
    expect(text).toContain('Hello world');
  });

  it('keeps hostile texts plain', async () => {
    const log = recordedLog([{ reads: ['event: | <b>x</b>\ndata: ```\\n# no heading\n\n'] }]);
    const { text } = await exported('report', log);
    expect(text).toContain('\\| \\<b\\>x\\</b\\>');
    expect(text).not.toMatch(/^# no heading/m);
  });
});
