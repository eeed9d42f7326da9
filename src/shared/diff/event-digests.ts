/**
 * The events of a session as a comparison holds them: a few numbers each, in columns, so that millions fit. Texts are held as
 * hashes of 53 bits; two different texts among ten million pass for one with a chance of about one in two hundred.
 */
import type { SeqNo } from '../base/clock.ts';
import { textHash } from './text-hash.ts';

/** An event as it is put in. */
export interface ComparedEvent {
  readonly seq: SeqNo;
  /** Milliseconds since its session began. */
  readonly atMs: number;
  readonly type: string;
  /** The id field of this very event; null when it has none. */
  readonly id: string | null;
  /** What of its data is compared. */
  readonly content: string;
}

export interface EventDigests {
  readonly count: number;
  readonly seqs: Uint32Array;
  readonly atMs: Float64Array;
  /** Hashes; equal types have equal ones. */
  readonly types: Float64Array;
  /** Of type and content together. */
  readonly contents: Float64Array;
  /** NaN where an event has none. */
  readonly ids: Float64Array;
}

export interface DigestsBuilder {
  add(event: ComparedEvent): void;
  build(): EventDigests;
}

const FIRST_ROOM = 1024;

export function createDigests(): DigestsBuilder {
  let room = FIRST_ROOM;
  let count = 0;
  let seqs = new Uint32Array(room);
  let columns = [0, 1, 2, 3].map(() => new Float64Array(room));
  const typeHashes = new Map<string, number>();

  function grow(): void {
    room *= 2;
    const grown = new Uint32Array(room);
    grown.set(seqs);
    seqs = grown;
    columns = columns.map((column) => {
      const next = new Float64Array(room);
      next.set(column);
      return next;
    });
  }

  function typeHash(type: string): number {
    const known = typeHashes.get(type);
    if (known !== undefined) return known;
    const hash = textHash(type);
    typeHashes.set(type, hash);
    return hash;
  }

  return {
    add({ seq, atMs, type, id, content }) {
      if (count === room) grow();
      const hash = typeHash(type);
      const [times, types, contents, ids] = columns as [
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      seqs[count] = seq;
      times[count] = atMs;
      types[count] = hash;
      contents[count] = textHash(content, hash);
      ids[count] = id === null ? NaN : textHash(id);
      count += 1;
    },
    build() {
      const [times, types, contents, ids] = columns.map((column) => column.subarray(0, count)) as [
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      return { count, seqs: seqs.subarray(0, count), atMs: times, types, contents, ids };
    },
  };
}
