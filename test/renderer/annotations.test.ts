import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../src/shared/session/annotations.ts';
import type { RowPage } from '../../src/shared/session/row.ts';
import { click, eventually, NO_COUNTS, openWorld, session, type World } from './support/world.ts';

const COUNT = 5;
const page = (from: number, count: number): RowPage => {
  const seqs = Array.from({ length: Math.max(0, Math.min(count, COUNT - from)) }, (_, at) => from + at);
  return {
    from,
    count: seqs.length,
    seq: Float64Array.from(seqs),
    atMs: Float64Array.from(seqs),
    bytes: Float64Array.from(seqs),
    attempt: new Uint16Array(seqs.length),
    kind: new Uint8Array(seqs.length),
    flags: new Uint8Array(seqs.length),
    type: new Uint16Array(seqs.length),
    types: ['goal'],
    ids: seqs.map(String),
    previews: seqs.map((seq) => `data ${seq}`),
  };
};

async function openMarked(marks: readonly Annotation[] = [], answers = {}): Promise<World> {
  const world = await openWorld({
    sessions: [session('s', { counts: { ...NO_COUNTS, entries: COUNT, events: COUNT } })],
    ui: { sessionId: 's' },
    answers: {
      'annotations:list': () => marks,
      'session:rows': ({ from, count }) => page(from, count),
      'session:entry': ({ seq }) => ({
        seq,
        atMs: seq,
        attempt: 1,
        kindNumber: 0,
        flags: 0,
        framing: 'sse',
        offset: 0,
        length: 9,
        bytes: new TextEncoder().encode('data: x\n\n'),
        lastEventId: '',
        reads: [],
        journal: null,
        previousSameTypeSeq: null,
      }),
      ...answers,
    },
  });
  await eventually(() => expect(world.text()).toContain('data 4'));
  return world;
}

const list = () => document.querySelector('[role=grid][aria-label=Events]') as HTMLElement;
const changes = (world: World) =>
  (world.calls('annotations:change') as { changes: readonly Annotation[] }[]).flatMap((call) => call.changes);
const rowMarks = () =>
  [...list().querySelectorAll('.mark')].map((mark) =>
    mark.closest('[data-index]')?.getAttribute('data-index'),
  );
const note = () => document.querySelector<HTMLTextAreaElement>('textarea[aria-label^="Note on"]');

async function select(world: World, seq: number): Promise<void> {
  world.app.session?.select(seq);
  await eventually(() => expect(world.app.session?.detail?.seq).toBe(seq));
}

describe('bookmarks and notes in the window', () => {
  it('B bookmarks the selected event and takes the bookmark away again', async () => {
    const world = await openMarked();
    await select(world, 2);
    world.press(list(), 'b');
    expect(rowMarks()).toEqual(['2']);
    world.press(list(), 'b');
    expect(rowMarks()).toEqual([]);
    await eventually(() =>
      expect(changes(world)).toEqual([
        { seq: 2, bookmarked: true, note: '' },
        { seq: 2, bookmarked: false, note: '' },
      ]),
    );
  });

  it('N writes a note in the detail; Ctrl+Enter keeps it and goes back to the list', async () => {
    const world = await openMarked();
    await select(world, 1);
    world.press(list(), 'n');
    const field = note() as HTMLTextAreaElement;
    expect(document.activeElement).toBe(field);
    field.value = 'here it went wrong\nand here why';
    world.press(field, 'Enter', { ctrlKey: true });
    expect(note()).toBeNull();
    expect(document.activeElement).toBe(list());
    expect(list().textContent).toContain('here it went wrong');
    expect(list().textContent).not.toContain('and here why');
    await eventually(() =>
      expect(changes(world)).toEqual([
        { seq: 1, bookmarked: false, note: 'here it went wrong\nand here why' },
      ]),
    );
  });

  it('Escape leaves a note as it was, and another event keeps what was written', async () => {
    const world = await openMarked([{ seq: 1, bookmarked: true, note: 'before' }]);
    await select(world, 1);
    world.press(list(), 'n');
    (note() as HTMLTextAreaElement).value = 'other';
    world.press(note() as HTMLTextAreaElement, 'Escape');
    expect(changes(world)).toEqual([]);
    expect(world.app.session?.selectedSeq).toBe(1);

    world.press(list(), 'n');
    (note() as HTMLTextAreaElement).value = 'other';
    world.app.session?.select(3);
    flushSync();
    await eventually(() => expect(changes(world)).toEqual([{ seq: 1, bookmarked: true, note: 'other' }]));
    expect(note()).toBeNull();
  });

  it('a note that is taken away can be brought back', async () => {
    const before = { seq: 1, bookmarked: true, note: 'before' };
    const world = await openMarked([before]);
    await select(world, 1);
    world.app.session?.annotations.remove(1);
    await eventually(() => expect(world.text()).toContain('Removed the bookmark and the note on #1'));
    click(world.button('Undo'));
    await eventually(() => expect(changes(world).at(-1)).toEqual(before));
    expect(rowMarks()).toEqual(['1']);
  });

  it('what is refused is taken back, with the reason', async () => {
    const refuse = () => Promise.reject(new Error('The disk is full.'));
    const world = await openMarked([], { 'annotations:change': refuse });
    await select(world, 2);
    world.press(list(), 'b');
    await eventually(() => expect(world.text()).toContain('The mark was not kept: The disk is full.'));
    expect(rowMarks()).toEqual([]);
  });

  it('the list of them leads to each, by the keyboard', async () => {
    const marks = [
      { seq: 1, bookmarked: true, note: '' },
      { seq: 4, bookmarked: false, note: 'the last' },
    ];
    const world = await openMarked(marks);
    world.press(window, 'B', { ctrlKey: true, shiftKey: true });
    const dialog = document.querySelector('dialog[aria-label="Bookmarks and notes"]') as HTMLElement;
    const grid = dialog.querySelector('[role=grid]') as HTMLElement;
    expect(dialog.textContent).toContain('the last');
    world.press(grid, 'ArrowDown');
    world.press(grid, 'Enter');
    expect(world.app.session?.selectedSeq).toBe(4);
    expect(document.querySelector('dialog')).toBeNull();
  });

  it('F4 goes round the marked entries', async () => {
    const world = await openMarked([1, 3].map((seq) => ({ seq, bookmarked: true, note: '' })));
    const at = () => world.app.session?.selectedSeq;
    world.press(window, 'F4');
    expect(at()).toBe(1);
    world.press(window, 'F4');
    expect(at()).toBe(3);
    world.press(window, 'F4');
    expect(at()).toBe(1);
    world.press(window, 'F4', { shiftKey: true });
    expect(at()).toBe(3);
  });

  it('marks that another window made appear', async () => {
    const world = await openMarked();
    world.transport.emit('annotations:changed', {
      sessionId: 's',
      changes: [{ seq: 3, bookmarked: true, note: '' }],
    });
    await eventually(() => expect(rowMarks()).toEqual(['3']));
  });
});
