import { describe, expect, it } from 'vitest';
import { runsOf, runTargets } from '../../../../src/renderer/state/run-plan.ts';
import { readChat } from '../../../../src/shared/compose/chat-request.ts';
import { CHAT_TEMPLATES, fromTemplate } from '../../../../src/shared/compose/templates.ts';
import { BLANK_REQUEST } from '../../../../src/shared/connection/blank-request.ts';
import type { EndpointNode } from '../../../../src/shared/workspace/workspace.ts';

const nodes = [
  ...CHAT_TEMPLATES.map((template) => ({ id: template.id, request: fromTemplate(template) })),
  { id: 'scores', request: { ...BLANK_REQUEST, url: 'http://localhost/scores' } },
].map((one): EndpointNode => ({ ...one, kind: 'endpoint', parentId: null, name: `Ask ${one.id}`, note: '' }));
const request = { ...nodes[0]!.request, lastEventId: 'edited' };
const reading = readChat(request);
if (!reading?.composition) throw new Error('a template can be read');
const { format, composition } = reading;
const targets = runTargets({ name: 'Mine', endpointId: 'openai-chat', request, format, composition }, nodes);

describe('planning runs', () => {
  it('offers the request as it stands in the form, and every other endpoint that is one of a chat', () => {
    expect(targets.map(({ id, name, model }) => [id, name, model])).toEqual([
      ['', 'Mine', 'gpt-4.1-mini'],
      ['openai-responses', 'Ask openai-responses', 'gpt-4.1-mini'],
      ['anthropic-messages', 'Ask anthropic-messages', 'claude-sonnet-4-5'],
      ['gemini', 'Ask gemini', 'gemini-2.5-flash'],
    ]);
    expect(targets[0]?.request).toBe(request);
  });

  it('numbers the rounds when there are several', () => {
    expect(runsOf(targets.slice(0, 2), 2).map(({ name }) => name)).toEqual([
      'Mine run 1/2',
      'Ask openai-responses run 1/2',
      'Mine run 2/2',
      'Ask openai-responses run 2/2',
    ]);
    expect(runsOf(targets.slice(0, 1), 1).map(({ name }) => name)).toEqual(['Mine']);
  });
});
