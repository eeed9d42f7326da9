import { describe, expect, it } from 'vitest';
import { recordedLog } from '../support/recorded-log.ts';
import { chunk, DONE, finish, group, openSession } from './support/chat-session.ts';
import { click, eventually } from './support/world.ts';

const content = (): HTMLElement => group('Content').querySelector<HTMLElement>('.body') as HTMLElement;

describe('the Markdown of an answer', () => {
  it('is formatted when asked, kept so, and plain again when asked', async () => {
    const words = ['# Ti', 'des\n\nThe **mo', 'on** pulls:\n\n- high', '\n- low\n\n`a < b`'];
    const world = await openSession(
      recordedLog([{ reads: [...words.map((word) => chunk({ content: word })), finish('stop'), DONE] }]),
    );
    await eventually(() => expect(content().textContent).toBe(words.join('')));
    click(world.button('Format Markdown'));
    await eventually(() => expect(content().querySelector('[role=heading]')?.textContent).toBe('Tides'));
    expect(content().querySelector('strong')?.textContent).toBe('moon');
    expect([...content().querySelectorAll('li')].map((one) => one.textContent.trim())).toEqual([
      'high',
      'low',
    ]);
    expect(content().querySelector('code')?.textContent).toBe('a < b');
    expect(world.app.ui.completionText).toBe('markdown');
    click(world.button('Format Markdown'));
    await eventually(() => expect(content().textContent).toBe(words.join('')));
  });

  it('leads from a chunk to its event, and never becomes HTML, a link or an image', async () => {
    const evil =
      '<img src=x onerror=alert(1)>\n\n[go](javascript:alert(1)) ![see](https://example.org/a.png) <b>x</b>';
    const world = await openSession(
      recordedLog([
        { reads: [chunk({ content: 'Kelp\n\n' }), chunk({ content: evil }), finish('stop'), DONE] },
      ]),
    );
    await eventually(() => expect(content().textContent).toContain('Kelp'));
    click(world.button('Format Markdown'));
    await eventually(() => expect(content().querySelector('.link')?.textContent).toBe('go'));
    expect(content().textContent).toContain('<img src=x onerror=alert(1)>');
    expect(content().querySelector('img, a, b, script')).toBeNull();
    world.press(group('Content'), 'End');
    world.press(group('Content'), 'Enter');
    expect(world.app.session?.selectedSeq).toBe(2);
  });

  it('goes back with the replay', async () => {
    const world = await openSession(
      recordedLog([{ reads: [chunk({ content: 'One **two' }), chunk({ content: '**' }), DONE] }]),
    );
    await eventually(() => expect(content().textContent).toBe('One **two**'));
    click(world.button('Format Markdown'));
    await eventually(() => expect(content().querySelector('strong')?.textContent).toBe('two'));
    click(world.button('One event back'));
    click(world.button('One event back'));
    await eventually(() => expect(content().querySelector('strong')).toBeNull());
    expect(content().textContent.trim()).toBe('One **two');
  });
});
