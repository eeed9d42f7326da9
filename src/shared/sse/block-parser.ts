/**
 * What one frame means, said by eventsource-parser, the only interpreter in the program. It is fed frame by frame, so that
 * what the parser reports belongs to the frame in hand. WHATWG HTML 9.2.6.
 *
 * Precedence of kinds: `event` when one was dispatched; else `no-data` when the block has an `event` field, `id` when an id
 * counted, `retry` when a reconnection time counted, and `unknown` when nothing did. A frame that ended at a comment line is
 * a `comment`. A tail without its blank line is `incomplete`: of what it says only `retry` counts, for that takes effect at
 * its line; an id or data would have needed the blank line.
 */
import { createParser } from 'eventsource-parser';
import { detached } from './byte-text.ts';
import { FRAME_FLAGS, type FrameEnd, type FrameKind } from './types.ts';

/** What a block says. The parser owns one and fills it again for each frame. */
export interface BlockReading {
  kind: FrameKind;
  flags: number;
  eventType: string | null;
  data: string;
  id: string | null;
  retryMs: number | null;
  comments: string[];
}

export interface BlockParser {
  /** The last event ID string as the standard keeps it: over events, bodies and connections. */
  lastEventId: string;
  readonly reading: Readonly<BlockReading>;
  /** A body begins: nothing is left of the one before but the last event ID. */
  begin(): void;
  /** Reads one whole frame into `reading`. `text` is decoded and has no BOM of the body in front. */
  parse(text: string, end: FrameEnd): void;
}

/** Field names are literal and are not trimmed; a line may end in any of the three ways. */
const EVENT_FIELD = /(?:^|[\r\n])event(?:[:\r\n]|$)/;

/** Names of event types that are kept as copies, so that the usual handful is copied once and not once an event. */
const MAX_NAMES = 256;

export function createBlockParser(): BlockParser {
  const names = new Map<string, string>();
  const reading: BlockReading = {
    kind: 'unknown',
    flags: 0,
    eventType: null,
    data: '',
    id: null,
    retryMs: null,
    comments: [],
  };

  const parser = createParser({
    onEvent(message) {
      reading.kind = 'event';
      reading.data = message.data;
      if (message.event === undefined) {
        reading.eventType = 'message';
        reading.flags |= FRAME_FLAGS.defaultType;
      } else {
        reading.eventType = nameOf(message.event);
      }
    },
    onId(id) {
      reading.id = id;
      reading.flags |= FRAME_FLAGS.hasId;
      block.lastEventId = id;
    },
    onRetry(ms) {
      reading.retryMs = ms;
      reading.flags |= FRAME_FLAGS.hasRetry;
    },
    onComment(text) {
      reading.comments.push(text);
      reading.flags |= FRAME_FLAGS.hasComment;
    },
  });

  function nameOf(type: string): string {
    const known = names.get(type);
    if (known !== undefined) return known;
    const name = detached(type);
    if (names.size < MAX_NAMES) names.set(name, name);
    return name;
  }

  /** The parser would take the bytes EF BB BF, read as three characters, for a BOM. The caller has dealt with it. */
  function reset(): void {
    parser.reset();
    parser.feed('\uFEFF');
  }

  function clear(): void {
    reading.kind = 'unknown';
    reading.flags = 0;
    reading.eventType = null;
    reading.data = '';
    reading.id = null;
    reading.retryMs = null;
    if (reading.comments.length > 0) reading.comments = [];
  }

  function kindWithoutEvent(text: string, end: FrameEnd): FrameKind {
    if (end === 'comment-line') return 'comment';
    if (EVENT_FIELD.test(text)) return 'no-data';
    if (reading.id !== null) return 'id';
    return reading.retryMs === null ? 'unknown' : 'retry';
  }

  const block: BlockParser = {
    lastEventId: '',
    reading,
    begin: reset,
    parse(text, end) {
      clear();
      if (end === 'cap') {
        reading.kind = 'oversize';
      } else if (end === 'line-ends') {
        reading.kind = 'blank';
      } else {
        parser.feed(text);
        if (end === 'end-of-stream') {
          reset();
          reading.kind = 'incomplete';
        } else if (reading.eventType === null) {
          reading.kind = kindWithoutEvent(text, end);
        }
      }
    },
  };
  reset();
  return block;
}
