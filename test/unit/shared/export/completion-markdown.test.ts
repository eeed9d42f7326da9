import { describe, expect, it } from 'vitest';
import { createFold } from '../../../../src/shared/chat/fold.ts';
import { completionMarkdown } from '../../../../src/shared/export/completion-markdown.ts';
import { describeExporter, exported } from '../../../contract/exporter.ts';
import { recordedLog } from '../../../support/recorded-log.ts';

describeExporter('completion-markdown', null);

function markdownOf(...chunks: object[]): string {
  const fold = createFold();
  for (const [seq, chunk] of chunks.entries()) {
    fold.push({ type: 'message', data: JSON.stringify(chunk), seq, atMs: seq });
  }
  fold.end();
  const [completion] = fold.view();
  if (!completion) throw new Error('No completion');
  return completionMarkdown(completion);
}
const delta = (value: object, more: object = {}) => ({ choices: [{ index: 0, delta: value, ...more }] });

describe('a completion as Markdown', () => {
  it('reads like a document', () => {
    const text = markdownOf(
      { id: 'i', model: 'tern-1', ...delta({ role: 'assistant', reasoning: 'Two\nlines' }) },
      delta({ content: '**Terns** fly.' }),
      delta({ tool_calls: [{ index: 0, id: 'c', function: { name: 'route', arguments: '{"n":1}' } }] }),
      { ...delta({}, { finish_reason: 'stop' }), usage: { total_tokens: 5 } },
    );
    expect(text).toBe(`# tern-1

| Fact | Value |
|---|---|
| Dialect | openai-chat |
| Id | i |
| Ended | with a finish reason, without the terminator |
| Entries | 0 to 3 |
| Finish reason | stop |
| Usage: total\\_tokens | 5 |

## Assistant

### Reasoning

> Two
> lines

**Terns** fly.

### Tool call: route (c)

\`\`\`json
{
  "n": 1
}
\`\`\`
`);
  });

  it('escapes names and errors and fences arguments that hold a fence', () => {
    const text = markdownOf(
      { model: '<img src=x onerror=alert(1)> | [a](b)', ...delta({ content: 'x' }) },
      delta({ tool_calls: [{ index: 0, function: { name: 'a`b\n# c', arguments: '```\n````' } }] }),
      { error: { message: '<script>' } },
    );
    expect(text).toContain('# \\<img src=x onerror=alert(1)\\> \\| \\[a\\](b)');
    expect(text).toContain('### Tool call: a\\`b \\# c');
    expect(text).toContain('`````\n```\n````\n`````');
    expect(text).toContain('**Error:** \\<script\\>');
  });

  it('numbers several choices and lists findings', () => {
    const text = markdownOf(
      { choices: [{ index: 1, delta: { refusal: 'No.' } }] },
      { choices: [{ index: 0, delta: {} }] },
      { odd: true },
    );
    expect(text).toContain('## Assistant (choice 0)\n\n*Nothing was written.*');
    expect(text).toContain('## Assistant (choice 1)\n\n### Refusal\n\n> No.');
    expect(text).toContain('## Findings\n\n- Entry 2:');
  });

  it('says so where there is no chat stream', async () => {
    const { text } = await exported('completion-markdown', recordedLog([{ reads: ['data: x\n\n'] }]));
    expect(text).toContain('No chat stream was found');
  });
});
