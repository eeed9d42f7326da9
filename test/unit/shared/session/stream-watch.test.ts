import { expect, it } from 'vitest';
import { createStreamWatch } from '../../../../src/shared/session/stream-watch.ts';
import type { ParsedFrame } from '../../../../src/shared/sse/types.ts';

const frame = (change: Partial<ParsedFrame>): ParsedFrame => ({
  offset: 0,
  length: 0,
  kind: 'event',
  flags: 0,
  eventType: 'message',
  data: '',
  id: null,
  retryMs: null,
  comments: [],
  ...change,
});
const TERMINATORS = new Set(['[DONE]', 'message_stop', 'message']);

it.each([
  ['its data', { data: '[DONE]' }, true],
  ['its type', { eventType: 'message_stop', data: '{}' }, true],
  ['data that only holds it', { data: '{"text":"[DONE]"}' }, false],
  ['the default type', { data: 'x' }, false],
  ['a frame that is no event', { kind: 'incomplete', eventType: null, data: '[DONE]' }, false],
] as const)('an answer is complete by %s: %s', (_name, change, complete) => {
  const watch = createStreamWatch();
  watch.begin(TERMINATORS);
  watch.frame(frame(change));
  expect(watch.complete).toBe(complete);
});

it('a new body is another answer', () => {
  const watch = createStreamWatch();
  watch.begin(TERMINATORS);
  watch.frame(frame({ data: '[DONE]' }));
  watch.begin(TERMINATORS);
  expect(watch.complete).toBe(false);
});

it('ids count only where they belong to an event', () => {
  const watch = createStreamWatch();
  watch.begin(new Set());
  for (const id of ['1', '2']) watch.frame(frame({ id }));
  watch.begin(new Set());
  watch.frame(frame({ kind: 'id', eventType: null, id: '3' }));
  watch.frame(frame({ id: '4' }));
  expect(watch.news(true)).toMatchObject({ afterId: '2', firstId: '4', missing: 1 });
});
