/** Pages of rows for tests of the window: row n is entry n, an event of type "t". */
import type { RowPage } from '../../src/shared/session/row.ts';

export function rowPage(
  from: number,
  count: number,
  seqOf: (index: number) => number = (index) => index,
): RowPage {
  const seqs = Array.from({ length: Math.max(0, count) }, (_, at) => seqOf(from + at));
  return {
    from,
    count: seqs.length,
    seq: Float64Array.from(seqs),
    atMs: Float64Array.from(seqs, (seq) => seq * 10),
    bytes: Float64Array.from(seqs, () => 20),
    attempt: Uint16Array.from(seqs, () => 1),
    kind: Uint8Array.from(seqs, () => 0),
    flags: Uint8Array.from(seqs, () => 0),
    type: Uint16Array.from(seqs, () => 0),
    types: ['t'],
    ids: seqs.map(() => ''),
    previews: seqs.map((seq) => `data of ${seq}`),
  };
}
