/**
 * The words of the text/event-stream format. Offsets and lengths are bytes of the decoded body (after
 * Content-Encoding), numbered through all attempts of a session.
 */

/**
 * What a frame turned out to be.
 * - `event`: dispatches an event.
 * - `comment`: only comment lines. It ends at the comment's own line end, so a keep-alive shows at once.
 * - `retry`, `id`: a block that only sets the reconnection time, or (also) the last event ID, and dispatches nothing.
 * - `no-data`: fields but no `data`, such as a lone `event: ping`; dispatches nothing (WHATWG HTML 9.2.6).
 * - `unknown`: only lines that the standard ignores.
 * - `blank`: line ends and nothing else, left over at the end of a stream.
 * - `incomplete`: a tail without its blank line; the standard discards it.
 * - `oversize`: a part of a frame that outgrew the cap; its bytes are kept, its meaning is not read.
 */
export type FrameKind =
  'event' | 'comment' | 'retry' | 'id' | 'no-data' | 'unknown' | 'blank' | 'incomplete' | 'oversize';

/** The order is part of the capture format: append only. */
export const FRAME_KINDS: readonly FrameKind[] = [
  'event',
  'comment',
  'retry',
  'id',
  'no-data',
  'unknown',
  'blank',
  'incomplete',
  'oversize',
];

/** Facts about a frame that are cheap to know when it is parsed. Bits of `ParsedFrame.flags`. */
export const FRAME_FLAGS = {
  /** The block has an `id` field that counted. */
  hasId: 1,
  /** The block has a `retry` field that counted. */
  hasRetry: 2,
  /** The block has at least one comment line. */
  hasComment: 4,
  /** The frame has bytes outside ASCII. */
  nonAscii: 8,
  /** `event` was absent or empty, so the type is "message". */
  defaultType: 16,
  /** The frame begins with the byte order mark of its body, which is not part of the text. */
  bom: 32,
  /** Of a JSON array: the frame has the bracket that opens it, in front of its item. */
  opensArray: 64,
} as const;

/**
 * Where and why the splitter ended a frame.
 * - `blank-line`: at the blank line after a block with at least one line that is not a comment.
 * - `comment-line`: at the line end of a comment that had no such line before it.
 * - `end-of-stream`: the body was over first.
 * - `line-ends`: a run of line ends that the end of the body, or the cap, left without a block.
 * - `cap`: the frame outgrew the cap; this is one of its pieces.
 */
export type FrameEnd = 'blank-line' | 'comment-line' | 'end-of-stream' | 'line-ends' | 'cap';

/** A frame with its place and its meaning, as capture sees it. Strings may be slices of a whole read: copy what you keep. */
export interface ParsedFrame {
  /** Bytes of decoded body before it, through all attempts of the session. */
  readonly offset: number;
  /** Bytes. */
  readonly length: number;
  readonly kind: FrameKind;
  /** FRAME_FLAGS. */
  readonly flags: number;
  /** Only for `event`, else null. A copy: it may be kept. */
  readonly eventType: string | null;
  /** Only for `event`, else "". */
  readonly data: string;
  /** The `id` field of this very block if one counted, else null. */
  readonly id: string | null;
  /** The last `retry` that counted in this frame, in milliseconds, else null. */
  readonly retryMs: number | null;
  /** Texts of the comment lines, one leading space stripped. */
  readonly comments: readonly string[];
}

/** An event as the standard dispatches it. */
export interface SseEvent {
  /** The `event` field, or "message". */
  readonly type: string;
  readonly data: string;
  /** The last event ID string at the time of dispatch; "" when there is none. */
  readonly lastEventId: string;
}

/** What a frame means. */
export interface FrameMeaning {
  readonly kind: FrameKind;
  /** Only for `event`. */
  readonly event: SseEvent | null;
  /** The `id` field of this very block if one counted, else null. */
  readonly id: string | null;
  /** Texts of the comment lines, one leading space stripped. */
  readonly comments: readonly string[];
  /** The last `retry` that counted in this frame, else null. */
  readonly retryMs: number | null;
  /** The last event ID string after this frame. */
  readonly lastEventId: string;
}

/** What the parser drops by design, found again in the frame's bytes. */
export type DiagnosticCode =
  | 'unknown-field'
  | 'id-has-nul'
  | 'bad-retry'
  | 'invalid-utf8'
  | 'bom'
  | 'bare-cr'
  | 'incomplete-at-end'
  | 'oversize'
  | 'bad-json'
  | 'no-separator'
  | 'bad-checksum'
  | 'stray-bytes';

/** A finding with the bytes that show it. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** A sentence for people. */
  readonly message: string;
  /** First byte concerned. */
  readonly offset: number;
  readonly length: number;
}
