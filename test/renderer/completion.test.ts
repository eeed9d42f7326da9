import { describe, expect, it, vi } from 'vitest';
import { recordedLog } from '../support/recorded-log.ts';
import { click, eventually, status } from './support/world.ts';
import {
  chunk,
  finish,
  DONE,
  openSession,
  grow,
  append,
  group,
  panel,
  cards,
} from './support/chat-session.ts';

describe('the completion of a session', () => {
  it('is rebuilt with its verdict, usage and finish reason', async () => {
    const usage = `data: {"id":"a","choices":[],"usage":{"total_tokens":17}}\n\n`;
    const world = await openSession(
      recordedLog([
        {
          reads: [
            chunk({ role: 'assistant' }),
            chunk({ content: 'Terns ' }),
            chunk({ content: 'fly.' }),
            finish('stop'),
            usage,
            DONE,
          ],
        },
      ]),
    );
    await eventually(() => expect(group('Content').textContent.trim()).toBe('Terns fly.'));
    expect(panel()).toContain('Ended with [DONE]');
    expect(panel()).toContain('tern-1');
    expect(panel()).toMatch(/total_tokens\s*17/);
    expect(world.maybeButton('stop')).not.toBeNull();
  });

  it('never becomes HTML', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    await openSession(
      recordedLog([
        {
          reads: [
            chunk({ role: evil, content: evil, reasoning: evil, refusal: evil }),
            chunk({
              tool_calls: [
                { index: 0, id: evil, type: evil, function: { name: evil, arguments: `"${evil}` } },
              ],
            }),
            finish(evil),
            `data: ${JSON.stringify({ error: { message: evil } })}\n\n`,
          ],
        },
      ]),
    );
    await eventually(() => expect(group('Content').textContent).toContain(evil));
    expect(panel()).toContain(evil);
    expect(document.querySelector('img')).toBeNull();
  });

  it('leads from a chunk to its event by keyboard', async () => {
    const world = await openSession(
      recordedLog([{ reads: [chunk({ content: 'a' }), chunk({ content: 'b' }), DONE] }]),
    );
    await eventually(() => expect(group('Content').textContent.trim()).toBe('ab'));
    const text = group('Content');
    world.press(text, 'ArrowRight');
    expect(document.querySelector('[role=status][popover]')?.textContent).toMatch(/#1\s.*chunk 1 of 2/s);
    world.press(text, 'End');
    world.press(text, 'Enter');
    expect(world.app.session?.selectedSeq).toBe(2);
    world.press(text, 'Escape');
    expect(document.querySelector('[role=status][popover]')).toBeNull();
  });

  it('leads from a verdict to its event', async () => {
    const error = 'data: {"error":{"message":"Overloaded"}}\n\n';
    const world = await openSession(recordedLog([{ reads: [chunk({ content: 'a' }), error] }]));
    await eventually(() => expect(panel()).toContain('Error inside the stream after 1 chunk: Overloaded'));
    click(world.button('#2'));
    expect(world.app.session?.selectedSeq).toBe(2);
  });

  it('shows arguments as they form, and laid out when they are valid', async () => {
    const call = (index: number, more: object, text: string) =>
      chunk({ tool_calls: [{ index, ...more, function: { name: `tool-${index}`, arguments: text } }] });
    const log = recordedLog([{ reads: [call(0, { id: 'x' }, '{"a":1}'), call(1, { id: 'y' }, '{"b"')] }]);
    const world = await openSession(log, true);
    world.report('s1', status('open'));
    await eventually(() => expect(cards()).toHaveLength(2));
    expect(document.querySelector('pre')?.textContent).toBe('{\n  "a": 1\n}');
    click(world.button('Lay out the JSON'));
    expect(group('Arguments of tool-0').textContent.trim()).toBe('{"a":1}');
  });

  it('says that arguments stayed invalid', async () => {
    const half = chunk({ tool_calls: [{ index: 0, id: 'x', function: { name: 'f', arguments: '{"a"' } }] });
    await openSession(recordedLog([{ reads: [half, finish('tool_calls'), DONE] }]));
    await eventually(() => expect(cards()).toEqual(['Tool call f, not valid JSON']));
    expect(panel()).toContain('The arguments of f are not valid JSON');
  });

  it('folds the reasoning until it is asked for', async () => {
    await openSession(
      recordedLog([{ reads: [chunk({ reasoning: 'Hm.' }), chunk({ content: 'Yes.' }), DONE] }]),
    );
    await eventually(() => expect(document.querySelector('details')).not.toBeNull());
    const details = document.querySelector('details') as HTMLDetailsElement;
    expect(details.open).toBe(false);
    expect(details.textContent).not.toContain('Hm.');
    details.open = true;
    details.dispatchEvent(new Event('toggle'));
    await eventually(() => expect(group('Reasoning').textContent.trim()).toBe('Hm.'));
  });

  it('grows while the stream goes on, reading only what is new', async () => {
    const log = recordedLog([{ reads: [chunk({ content: 'one ' })] }]);
    const world = await openSession(log, true);
    world.report('s1', status('open'));
    await eventually(() => expect(group('Content').textContent.trim()).toBe('one'));
    const node = group('Content').querySelector('.block')?.firstChild;
    append(log, chunk({ content: 'two' }));
    grow(world, log, 1);
    await eventually(() => expect(group('Content').textContent.trim()).toBe('one two'));
    expect(group('Content').querySelector('.block')?.firstChild).toBe(node);
    const asked = world.calls('session:frames').map((args) => (args as { fromSeq: number }).fromSeq);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('lists several answers and shows the one that is chosen', async () => {
    const second = (text: string) => text.replaceAll('"a"', '"b"');
    const reads = [chunk({ content: 'First' }), DONE, second(chunk({ content: 'Second' })), DONE];
    await openSession(recordedLog([{ reads }]));
    await eventually(() => expect(group('Content').textContent.trim()).toBe('Second'));
    expect(document.body.textContent).toContain('answer 2 of 2');
    expect(document.querySelector('[aria-label="Answers in this stream"]')).not.toBeNull();
  });

  it('shows the answer of an entry that is selected elsewhere', async () => {
    const reads = [chunk({ content: 'First' }), DONE, chunk({ content: 'Second' }), DONE];
    const world = await openSession(recordedLog([{ reads }]));
    await eventually(() => expect(group('Content').textContent.trim()).toBe('Second'));
    world.app.session?.select(1);
    await eventually(() => expect(group('Content').textContent.trim()).toBe('First'));
  });

  it('copies text, Markdown and JSON', async () => {
    const copied: string[] = [];
    document.execCommand = vi.fn(() => {
      const event = new Event('copy', { bubbles: true, cancelable: true });
      Object.assign(event, { clipboardData: { setData: (_: string, text: string) => copied.push(text) } });
      return document.dispatchEvent(event);
    });
    const world = await openSession(
      recordedLog([{ reads: [chunk({ content: 'Terns.' }), finish('stop'), DONE] }]),
    );
    await eventually(() => expect(world.maybeButton('Text')).not.toBeNull());
    for (const name of ['Text', 'Markdown', 'JSON']) click(world.button(name));
    expect(copied[0]).toBe('Terns.');
    expect(copied[1]).toContain('# tern-1');
    expect(JSON.parse(copied[2] ?? '')).toMatchObject({ model: 'tern-1', end: 'done' });
  });
});

describe('a session without a completion', () => {
  it('teaches what would be here', async () => {
    const world = await openSession(recordedLog([]));
    await eventually(() => expect(world.text()).toContain('No completion yet'));
  });

  it('says what was seen instead, and reads on when asked to', async () => {
    const goals = 'event: goal\ndata: {}\n\n'.repeat(300);
    const world = await openSession(recordedLog([{ reads: [goals, chunk({ content: 'Late' })] }]));
    await eventually(() =>
      expect(world.text()).toContain('There is no chat completion in the first 200 events (“goal”).'),
    );
    click(world.button('Read on'));
    await eventually(() => expect(group('Content').textContent.trim()).toBe('Late'));
  });

  it('says of a short session what its events were', async () => {
    const world = await openSession(recordedLog([{ reads: ['event: goal\ndata: {}\n\n'] }]));
    await eventually(() =>
      expect(world.text()).toContain('There is no chat completion in its 1 event (“goal”).'),
    );
  });
});
