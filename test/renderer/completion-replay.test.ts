import { describe, expect, it } from 'vitest';
import { recordedLog } from '../support/recorded-log.ts';
import { append, chunk, DONE, finish, group, grow, openSession } from './support/chat-session.ts';
import { click, eventually, status } from './support/world.ts';

const slider = (): HTMLInputElement =>
  document.querySelector<HTMLInputElement>(
    '[aria-label="Place in the making of the answer"]',
  ) as HTMLInputElement;
const written = (): string => document.querySelector('.lane')?.querySelector('.body')?.textContent ?? '';
const place = (): string => slider().getAttribute('aria-valuetext') ?? '';

function drag(toMs: number): void {
  slider().value = String(toMs);
  slider().dispatchEvent(new Event('input', { bubbles: true }));
}
function choose(speed: string): void {
  const select = document.querySelector<HTMLSelectElement>('[aria-label="Speed"]') as HTMLSelectElement;
  select.value = speed;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

const answer = (): ReturnType<typeof recordedLog> =>
  recordedLog([
    {
      reads: [
        chunk({ role: 'assistant' }),
        chunk({ content: 'Eider' }),
        chunk({ content: ' ducks' }),
        chunk({ content: ' dive.' }),
        finish('stop'),
        DONE,
      ],
    },
  ]);

describe('the replay of an answer', () => {
  it('shows the answer as it was at each event, back and forward', async () => {
    const world = await openSession(answer());
    await eventually(() => expect(written()).toBe('Eider ducks dive.'));
    expect(place()).toMatch(/6 \/ 6/);
    const seen: string[] = [];
    for (let step = 0; step < 5; step += 1) {
      click(world.button('One event back'));
      await eventually(() => expect(place()).toContain(`${5 - step} / 6`));
      seen.push(written());
    }
    expect(seen).toEqual(['Eider ducks dive.', 'Eider ducks dive.', 'Eider ducks', 'Eider', '']);
    expect(document.querySelector('.finish')?.textContent).toBe('writing…');
    click(world.button('One event forward'));
    await eventually(() => expect(written()).toBe('Eider'));
    click(world.button('To the end'));
    await eventually(() => expect(written()).toBe('Eider ducks dive.'));
    expect(document.querySelector('.finish')?.textContent).toBe('stop');
  });

  it('goes where the slider is dragged, and by keys event by event', async () => {
    const world = await openSession(answer());
    await eventually(() => expect(written()).toBe('Eider ducks dive.'));
    drag(0);
    await eventually(() => expect(place()).toContain('1 / 6'));
    world.press(slider(), 'ArrowRight');
    await eventually(() => expect(written()).toBe('Eider'));
    world.press(group('Content'), '.');
    await eventually(() => expect(written()).toBe('Eider ducks'));
    world.press(group('Content'), ',');
    await eventually(() => expect(written()).toBe('Eider'));
    world.press(slider(), 'End');
    await eventually(() => expect(written()).toBe('Eider ducks dive.'));
  });

  it('plays from the start to the end', async () => {
    const world = await openSession(answer());
    await eventually(() => expect(written()).toBe('Eider ducks dive.'));
    drag(0);
    await eventually(() => expect(written()).toBe(''));
    choose('16');
    click(world.button('Replay'));
    await eventually(() => expect(written()).toBe('Eider ducks dive.'));
    await eventually(() => expect(place()).toContain('6 / 6'));
    choose('Infinity');
    drag(0);
    await eventually(() => expect(written()).toBe(''));
    click(world.button('Replay'));
    await eventually(() => expect(written()).toBe('Eider ducks dive.'));
  });

  it('takes the selection in the list along when asked', async () => {
    const world = await openSession(answer());
    await eventually(() => expect(written()).toBe('Eider ducks dive.'));
    click(world.button('One event back'));
    expect(world.app.session?.selectedSeq).toBeNull();
    click(world.button('Select each event in the list as it is replayed'));
    click(world.button('One event back'));
    await eventually(() => expect(world.app.session?.selectedSeq).toBe(4));
  });

  it('stays at an earlier event while a live answer goes on, and at the end otherwise', async () => {
    const log = recordedLog([{ reads: [chunk({ content: 'Plov' }), chunk({ content: 'ers' })] }]);
    const world = await openSession(log, true);
    world.report('s1', status('open'));
    await eventually(() => expect(written()).toBe('Plovers'));
    expect(place()).toContain('Live');
    click(world.button('One event back'));
    await eventually(() => expect(written()).toBe('Plov'));
    append(log, chunk({ content: ' run' }));
    grow(world, log, 1);
    await eventually(() => expect(place()).toContain('1 / 3'));
    expect(written()).toBe('Plov');
    click(world.button('Back to what is being written'));
    await eventually(() => expect(written()).toBe('Plovers run'));
    append(log, chunk({ content: ' on' }));
    grow(world, log, 2);
    await eventually(() => expect(written()).toBe('Plovers run on'));
  });
});
