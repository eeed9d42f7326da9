/**
 * Entries that were taken apart (frames with their bytes, facts about the connection) put together again: bodies begin and end
 * where they did, and what is missing at the edges of a part is made up for.
 */
import { assertNever } from '../../base/assert.ts';
import { idInForce, type JournalEntry } from '../../session/entry.ts';
import { framingOfHead } from '../../session/head-framing.ts';
import type { Framing } from '../../sse/framing.ts';
import type { FrameKind } from '../../sse/types.ts';
import type { CaptureStep } from './capture.ts';
import { madeStart } from './made-entries.ts';

export interface ImportedFrame {
  readonly what: 'frame';
  readonly atMs: number;
  readonly attempt: number;
  readonly kind: FrameKind;
  readonly framing: Framing;
  readonly bytes: Uint8Array;
  /** In force after it, and of its own block; as far as they are known. */
  readonly lastEventId: string;
  readonly id: string | null;
}

export interface ImportedFact {
  readonly what: 'journal';
  readonly atMs: number;
  readonly entry: JournalEntry;
}

export type ImportedEntry = ImportedFrame | ImportedFact;

const COMMA = 0x2c;
const BRACKET = 0x5b;
const LF = 0x0a;
const CR = 0x0d;

export async function* entrySteps(
  entries: AsyncIterable<ImportedEntry> | Iterable<ImportedEntry>,
): AsyncGenerator<CaptureStep, void, void> {
  let openBody: number | null = null;
  let begun = false;
  let lastAtMs = 0;
  /** Of a JSON array: its bracket has come. */
  let inArray = false;
  /** A number or a word of a JSON array: that it is whole shows at the next byte. */
  let word: ImportedFrame | null = null;

  const end = (): readonly CaptureStep[] => {
    if (openBody === null) return [];
    openBody = null;
    const rest =
      word === null ? [] : [piece(word.kind === 'event' ? joined(word.bytes, LINE_END) : word.bytes, word)];
    word = null;
    return [...rest, { step: 'end-body', atMs: lastAtMs }];
  };
  const piece = (bytes: Uint8Array, { atMs }: ImportedFrame): CaptureStep => ({ step: 'bytes', bytes, atMs });
  const begin = (attempt: number, framing: Framing | null): CaptureStep => {
    openBody = attempt;
    inArray = false;
    return { step: 'body', attempt, framing };
  };

  for await (const one of entries) {
    // Times never go back in a log.
    const atMs = Math.max(lastAtMs, one.atMs);
    lastAtMs = atMs;
    if (one.what === 'journal') {
      const { entry } = one;
      switch (entry.kind) {
        case 'attempt-start': {
          yield* end();
          const lastEventId = idInForce(entry);
          if (!begun && lastEventId !== null) yield { step: 'take-up', lastEventId };
          begun = true;
          yield { step: 'entry', entry, atMs };
          break;
        }
        case 'response-head':
          yield* end();
          yield { step: 'entry', entry, atMs };
          yield begin(entry.attempt, framingOfHead(entry));
          break;
        case 'attempt-end':
        case 'retry-scheduled':
        case 'connection-closed':
          yield* end();
          yield { step: 'entry', entry, atMs };
          break;
        case 'entries-dropped':
          yield { step: 'entry', entry: droppedBefore(entry.count, entry.bytes), atMs };
          break;
        case 'capture-notice':
          // The recorder says this one itself when it comes to the long event.
          if (entry.code !== 'oversize') yield { step: 'entry', entry, atMs };
          break;
        case 'redirect':
        case 'token-used':
        case 'steered':
        case 'resume-report':
        case 'tap-mark':
        case 'alert':
          yield { step: 'entry', entry, atMs };
          break;
        default:
          assertNever(entry, 'journal entry');
      }
      continue;
    }
    const { attempt, framing, bytes } = one;
    if (openBody !== attempt) {
      yield* end();
      if (!begun) {
        begun = true;
        const lastEventId = one.id === null ? one.lastEventId : '';
        if (lastEventId !== '') yield { step: 'take-up', lastEventId };
        yield { step: 'entry', entry: madeStart(attempt, PART, { lastEventId }), atMs };
      }
      yield begin(attempt, isUnread(one) ? null : framing);
    }
    if (framing !== 'json-array') {
      yield piece(bytes, { ...one, atMs });
      continue;
    }
    const item = arrayItem(bytes);
    let rest = item;
    if (word !== null) {
      yield piece(joined(word.bytes, item.subarray(0, 1)), word);
      rest = item.subarray(1);
      word = null;
    }
    if (isWord(item)) word = { ...one, bytes: rest, atMs };
    else yield piece(rest, { ...one, atMs });
  }
  yield* end();

  /** The array of an item may have begun outside of the part: then its comma becomes the bracket. */
  function arrayItem(bytes: Uint8Array): Uint8Array {
    const first = bytes.findIndex((byte) => byte > 0x20);
    const opens = !inArray && bytes[first] === COMMA;
    inArray ||= opens || bytes[first] === BRACKET;
    if (!opens) return bytes;
    const item = bytes.slice();
    item[first] = BRACKET;
    return item;
  }
}

const LINE_END = new Uint8Array([LF]);

function isWord(bytes: Uint8Array): boolean {
  return /[\w.+-]/.test(String.fromCharCode(bytes[bytes.length - 1] ?? 0));
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

const PART = 'Imported from a part of a session';

/** Without its head, whether a body was read can be seen by how its pieces end: those of an event stream at line ends. */
function isUnread({ kind, bytes }: ImportedFrame): boolean {
  const last = bytes[bytes.length - 1];
  return kind === 'unknown' && last !== undefined && last !== LF && last !== CR;
}

function droppedBefore(count: number, bytes: number): JournalEntry {
  const message = `${count} entries (${bytes} bytes) had been dropped before this session was exported.`;
  return { kind: 'capture-notice', code: 'repaired', message };
}
