import { describe, expect, it } from 'vitest';
import { decodeManifest, encodeManifest } from '../../../../src/main/capture/format.ts';

const manifest = (fields: object) => decodeManifest(JSON.stringify({ formatVersion: 1, ...fields }));

describe('what a manifest says of a session', () => {
  it('is nothing in folders of before there was anything to say', () => {
    expect(manifest({ name: 'Scores' })).toMatchObject({
      name: 'Scores',
      tags: [],
      notes: '',
      pinned: false,
      origin: null,
    });
  });

  it('comes back as it was written', () => {
    const said = {
      name: 'Scores',
      tags: ['slow', 'keep'],
      notes: 'two\nlines',
      pinned: true,
      origin: { kind: 'tap', name: 'web shop' },
    };
    expect(decodeManifest(encodeManifest(manifest(said)))).toMatchObject(said);
  });

  it.each([
    [{ tags: 'slow' }, { tags: [] }],
    [{ tags: ['a', 7, null, 'A', ' b '] }, { tags: ['a', 'b'] }],
    [{ notes: { a: 1 } }, { notes: '' }],
    [{ pinned: 'yes' }, { pinned: false }],
    [{ origin: 'tap' }, { origin: null }],
    [{ origin: { kind: 'moon', name: 'x' } }, { origin: null }],
    [{ origin: { kind: 'cli' } }, { origin: { kind: 'cli', name: '' } }],
    [{ startedAt: 1e300 }, { startedAt: 8.64e15 }],
    [{ startedAt: -5 }, { startedAt: 0 }],
    [{ name: 'x'.repeat(10_000) }, { name: 'x'.repeat(4096) }],
  ])('reads %j as %j', (written, read) => {
    expect(manifest(written)).toMatchObject(read);
  });

  it('never names a time that no calendar has', () => {
    expect(() => new Date(manifest({ startedAt: 1e300 }).startedAt).toISOString()).not.toThrow();
  });
});
