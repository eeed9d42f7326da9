/**
 * What frames mean, said by eventsource-parser, the only interpreter in the program. It is fed whole frames, so that what
 * the parser reports belongs to the frame in hand. WHATWG HTML 9.2.6.
 *
 * Precedence of kinds: `event` when one was dispatched; else `no-data` when the block has an `event` field, `id` when an id
 * counted, `retry` when a reconnection time counted, and `unknown` when nothing did. A frame that ended at a comment line is
 * a `comment`. A tail without its blank line is `incomplete`: of what it says only `retry` counts, for that takes effect at
 * its line; an id or data would have needed the blank line.
 */
import { createParser } from 'eventsource-parser';
import { detached } from './byte-text.ts';
import { FRAME_FLAGS, type FrameEnd, type FrameKind, type ParsedFrame } from './types.ts';

export type FrameDraft = { -readonly [K in keyof ParsedFrame]: ParsedFrame[K] };

export interface BlockParser {
  /** The last event ID string as the standard keeps it: over events, bodies and connections. */
  lastEventId: string;
  /** The frame in hand. The parser owns it and fills it again for each frame, but for `offset` and `length`. */
  readonly frame: FrameDraft;
  /** A body begins: nothing is left of the one before but the last event ID. */
  begin(): void;
  /** Reads one whole frame into `frame`. `text` is decoded and has no BOM of the body in front. */
  parse(text: string, end: FrameEnd): void;
  /** Reads whole frames that are all known to dispatch an event, and calls `onEach` with each of them in `frame`. */
  parseEvents(text: string, onEach: () => void): void;
}

/** Field names are literal and are not trimmed; a line may end in any of the three ways. */
const EVENT_FIELD = /(?:^|[\r\n])event(?:[:\r\n]|$)/;

/** Names of event types that are kept as copies, so that the usual handful is copied once and not once an event. */
const MAX_NAMES = 256;

const NO_COMMENTS: readonly string[] = [];

export function createBlockParser(): BlockParser {
  const names = new Map<string, string>();
  let lastName = '';
  let eachEvent: (() => void) | null = null;
  let comments: string[] = [];
  const frame: FrameDraft = {
    offset: 0,
    length: 0,
    kind: 'unknown',
    flags: 0,
    eventType: null,
    data: '',
    id: null,
    retryMs: null,
    comments: NO_COMMENTS,
  };

  const parser = createParser({
    onEvent(message) {
      frame.kind = 'event';
      frame.data = message.data;
      if (message.event === undefined) {
        frame.eventType = 'message';
        frame.flags |= FRAME_FLAGS.defaultType;
      } else {
        frame.eventType = nameOf(message.event);
      }
      if (eachEvent) {
        eachEvent();
        if (frame.flags !== FRAME_FLAGS.defaultType) clear();
        frame.flags = 0;
      }
    },
    onId(id) {
      frame.id = id;
      frame.flags |= FRAME_FLAGS.hasId;
      block.lastEventId = id;
    },
    onRetry(ms) {
      frame.retryMs = ms;
      frame.flags |= FRAME_FLAGS.hasRetry;
    },
    onComment(text) {
      comments.push(text);
      frame.comments = comments;
      frame.flags |= FRAME_FLAGS.hasComment;
    },
  });

  function nameOf(type: string): string {
    // Mostly it is the one before, and comparing is quicker than looking up.
    if (type === lastName) return lastName;
    const known = names.get(type);
    lastName = known ?? detached(type);
    if (known === undefined && names.size < MAX_NAMES) names.set(lastName, lastName);
    return lastName;
  }

  /** Otherwise the parser would take a text that begins with U+00EF U+00BB U+00BF for a BOM. The caller has dealt with it. */
  function reset(): void {
    parser.reset();
    parser.feed('\uFEFF');
  }

  function clear(): void {
    frame.kind = 'unknown';
    frame.flags = 0;
    frame.eventType = null;
    frame.data = '';
    frame.id = null;
    frame.retryMs = null;
    if (comments.length > 0) comments = [];
    frame.comments = NO_COMMENTS;
  }

  function kindWithoutEvent(text: string, end: FrameEnd): FrameKind {
    if (end === 'comment-line') return 'comment';
    if (EVENT_FIELD.test(text)) return 'no-data';
    if (frame.id !== null) return 'id';
    return frame.retryMs === null ? 'unknown' : 'retry';
  }

  const block: BlockParser = {
    lastEventId: '',
    frame,
    begin: reset,
    parse(text, end) {
      clear();
      if (end === 'cap') {
        frame.kind = 'oversize';
      } else if (end === 'line-ends') {
        frame.kind = 'blank';
      } else {
        parser.feed(text);
        if (end === 'end-of-stream') {
          reset();
          frame.kind = 'incomplete';
        } else if (frame.eventType === null) {
          frame.kind = kindWithoutEvent(text, end);
        }
      }
    },
    parseEvents(text, onEach) {
      clear();
      eachEvent = onEach;
      try {
        parser.feed(text);
      } finally {
        eachEvent = null;
      }
    },
  };
  reset();
  return block;
}
