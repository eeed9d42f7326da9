/**
 * Finds the frames of a stretch of bytes in which a query's patterns occur, without interpreting them. Frames are asked about in
 * the order in which they lie.
 */
import { kindNumberOf } from '../../shared/session/index-record.ts';
import { framingNumberOf } from '../../shared/sse/framing.ts';
import { FRAME_FLAGS } from '../../shared/sse/types.ts';
import type { Prefilter } from './prefilter.ts';

/** What decides how a frame is looked at. Places are within the stretch. */
export interface FramePlace {
  readonly start: number;
  readonly end: number;
  readonly kindNumber: number;
  readonly flags: number;
  readonly framing: number;
}

const EVENT = kindNumberOf('event');
const SSE = framingNumberOf('sse');
/** Rows of these kinds show a sentence, which is not in the frame's bytes. */
const SENTENCES = new Set([kindNumberOf('retry'), kindNumberOf('id')]);

/** Says of a frame whether it has to be interpreted. */
export function createStretchSearch(
  bytes: Uint8Array,
  { texts, direct }: Prefilter,
): (frame: FramePlace) => boolean {
  if (!texts && !direct) return () => true;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const hasText = texts && createPointer(text, texts);
  const hasDirect = direct && createPointer(text, direct.pattern);
  const linesCount = direct?.oneLine ? !hasBareReturn(text) : true;

  function isWithin({ start, end, kindNumber, flags, framing }: FramePlace): boolean {
    if (!direct || kindNumber !== EVENT || framing !== SSE || flags & FRAME_FLAGS.bom) return false;
    if (direct.ascii && flags & FRAME_FLAGS.nonAscii) return false;
    return !direct.oneLine || (linesCount && hasOneLine(text, start, end));
  }

  return (frame) => {
    if (hasDirect && isWithin(frame)) return hasDirect(frame.start, frame.end);
    if (!hasText || SENTENCES.has(frame.kindNumber)) return true;
    return hasText(frame.start, frame.end);
  };
}

/** Says whether the pattern begins between two places; places rise from call to call, so the text is searched once. */
function createPointer(text: string, pattern: RegExp): (start: number, end: number) => boolean {
  let next = -1;
  return (start, end) => {
    if (next < start) {
      pattern.lastIndex = start;
      next = pattern.exec(text)?.index ?? Infinity;
    }
    return next < end;
  };
}

/** Line ends of a single CR are rare, and then lines are not counted. */
function hasBareReturn(text: string): boolean {
  return text.includes('\r') && /\r(?!\n)/.test(text);
}

/** Whether at most one line begins like a field named data. */
function hasOneLine(text: string, start: number, end: number): boolean {
  let first = text.startsWith('data', start) ? start : text.indexOf('\ndata', start);
  if (first < 0 || first >= end) return true;
  first = text.indexOf('\ndata', first + 1);
  return first < 0 || first >= end;
}
