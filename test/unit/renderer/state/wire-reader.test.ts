import { describe, expect, it } from 'vitest';
import {
  createWireReader,
  isStale,
  WIRE_PAGE_BYTES,
  type WirePage,
} from '../../../../src/renderer/state/wire-reader.ts';
import { layoutPage, lineCount, startsLine } from '../../../../src/renderer/views/raw/page-layout.ts';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function setup(wire: Uint8Array) {
  const arrived: number[] = [];
  const errors: unknown[] = [];
  const reader = createWireReader({
    wire: async (offset, length) => wire.slice(offset, offset + length),
    onArrive: (page) => arrived.push(page.number),
    onError: (error) => errors.push(error),
  });
  return { reader, arrived, errors };
}

/** The page proper. */
const own = (page: WirePage): Uint8Array => page.bytes.subarray(page.start, page.end);

/** Lines of ten bytes; `patch` puts other bytes around the border of the first two pages. */
function wireWith(patch: readonly number[], at: number, length = WIRE_PAGE_BYTES * 2 + 500): Uint8Array {
  const wire = Uint8Array.from({ length }, (_, index) => (index % 10 === 9 ? 10 : 97));
  wire.set(patch, at);
  return wire;
}

describe('pages of the wire', () => {
  it('laid end to end are the wire, whatever stands at their borders', async () => {
    const border = WIRE_PAGE_BYTES;
    const euro = [0xe2, 0x82, 0xac];
    const smile = [0xf0, 0x9f, 0x98, 0x80];
    for (const [patch, at] of [
      [[], border],
      [[13, 10], border - 1],
      [[13, 10], border],
      [[10, 13], border - 1],
      [euro, border - 1],
      [euro, border - 2],
      [smile, border - 3],
      [[0x80, 0x80, 0x80, 0x80, 0x80, 0x80], border - 2],
    ] as const) {
      const wire = wireWith(patch, at);
      const { reader } = setup(wire);
      const pages = [
        await reader.read(0, wire.length),
        await reader.read(1, wire.length),
        await reader.read(2, wire.length),
      ];
      expect(Buffer.concat(pages.map(own)).equals(wire)).toBe(true);
      const text = new TextDecoder();
      if (patch.length === 3 || patch.length === 4) {
        expect(text.decode(own(pages[0] as WirePage))).not.toContain('\ufffd');
        expect(text.decode(own(pages[1] as WirePage))).not.toContain('\ufffd');
      }
    }
  });

  it('do not cut a CRLF in two', async () => {
    const wire = wireWith([13, 10], WIRE_PAGE_BYTES - 1);
    const { reader } = setup(wire);
    const page = await reader.read(0, wire.length);
    expect([...own(page).slice(-2)]).toEqual([13, 10]);
  });

  it('are fetched when they are looked at, once', async () => {
    const wire = wireWith([], 0);
    const { reader, arrived } = setup(wire);
    expect(reader.page(1, wire.length)).toBeUndefined();
    expect(reader.page(1, wire.length)).toBeUndefined();
    await settled();
    expect(arrived).toEqual([1]);
    expect(reader.page(1, wire.length)?.number).toBe(1);
    await settled();
    expect(arrived).toEqual([1]);
  });

  it('are fetched again when bytes came that belong to them', async () => {
    const wire = wireWith([], 0);
    const { reader, arrived } = setup(wire);
    reader.page(0, 100);
    await settled();
    expect(reader.page(0, 100)?.end).toBe(100);
    expect(reader.page(0, 250)?.end).toBe(100);
    await settled();
    expect(reader.page(0, 250)?.end).toBe(250);
    expect(arrived).toEqual([0, 0]);
    const whole = await reader.read(0, wire.length);
    expect(isStale(whole, wire.length + 1000)).toBe(false);
  });
});

describe('a page laid out', () => {
  it('numbers its lines, not its rows', async () => {
    const wire = new TextEncoder().encode(`short\n${'x'.repeat(50)}\nlast`);
    const { reader } = setup(wire);
    const layout = layoutPage(await reader.read(0, wire.length), 20);
    expect([...layout.starts]).toEqual([0, 6, 26, 46, 57]);
    expect([...layout.lines]).toEqual([1, 2, 2, 2, 3]);
    expect(lineCount(layout)).toBe(3);
  });

  it('knows that it begins inside a line', async () => {
    const wire = wireWith([], 0);
    const { reader } = setup(wire);
    const page = await reader.read(1, wire.length);
    expect(startsLine(page, page.start)).toBe(WIRE_PAGE_BYTES % 10 === 0);
    const layout = layoutPage(page, 80);
    expect(layout.lines[0]).toBe(WIRE_PAGE_BYTES % 10 === 0 ? 1 : 0);
    expect(layout.lines[1]).toBe((layout.lines[0] ?? 0) + 1);
  });
});
