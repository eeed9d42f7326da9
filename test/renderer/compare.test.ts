import { describe, expect, it } from 'vitest';
import { readFrameRun } from '../../src/main/sessions/frame-run.ts';
import type { SessionLog } from '../../src/shared/session/log.ts';
import { recordedLog, summaryOf } from '../support/recorded-log.ts';
import { click, eventually, openWorld, type World } from './support/world.ts';

const chunk = (content: string): string =>
  `data: ${JSON.stringify({ id: 'a', model: 'tern-1', choices: [{ index: 0, delta: { content } }] })}\n\n`;
const answer = (...words: readonly string[]): SessionLog =>
  recordedLog([{ reads: [...words.map(chunk), 'data: [DONE]\n\n'] }]);

async function openTwo(): Promise<World> {
  const logs: Readonly<Record<string, SessionLog>> = {
    one: answer('The tern ', 'flies ', 'north.'),
    two: answer('The gull ', 'flies ', 'north.'),
  };
  const logOf = (id: string): SessionLog => logs[id] ?? answer();
  return openWorld({
    sessions: Object.entries(logs).map(([id, log]) => ({ ...summaryOf(log), id, name: id })),
    answers: {
      'session:frames': ({ sessionId, fromSeq, maxBytes }) =>
        readFrameRun(logOf(sessionId), fromSeq, maxBytes),
      'session:journal': ({ sessionId }) => logOf(sessionId).journal(),
    },
  });
}

const region = (name: string): string =>
  document.querySelector(`section[aria-label="${name}"]`)?.textContent.replace(/\s+/g, ' ') ?? '';

describe('the comparison', () => {
  it('teaches while there is nothing to compare', async () => {
    const world = await openTwo();
    world.app.compare.open();
    await eventually(() => expect(world.text()).toContain('Send the same prompt to several endpoints'));
    click(world.button('Close'));
    expect(world.text()).not.toContain('Send the same prompt');
  });

  it('shows two answers by numbers and by words', async () => {
    const world = await openTwo();
    world.app.compare.toggle('one');
    world.app.compare.open({ sessionId: 'two', answer: null });
    await eventually(() => expect(region('What is measured')).toContain('A: oneB: two'));
    await eventually(() => expect(region('What is measured')).toMatch(/First answer chunk\s*10 ms\s*10 ms/));
    const marked = [...document.querySelectorAll('section[aria-label="Texts side by side"] mark')];
    expect(marked.map((mark) => mark.textContent.trim())).toEqual(['tern', 'gull']);
    click(world.button('Take A: one away'));
    await eventually(() => expect(world.text()).toContain('One more to compare it with'));
  });

  it('takes sessions from the list with Ctrl and a click', async () => {
    const world = await openTwo();
    for (const option of document.querySelectorAll('[role=option][data-id]'))
      option.dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey: true }));
    expect(world.app.compare.picked.map(({ sessionId }) => sessionId)).toEqual(['one', 'two']);
    await eventually(() => expect(world.maybeButton('Compare 2')).not.toBeNull());
    click(world.button('Compare 2'));
    await eventually(() => expect(region('What is measured')).toContain('B: two'));
  });
});
