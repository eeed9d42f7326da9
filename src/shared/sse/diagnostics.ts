/**
 * What the parser drops by design, found again in a frame's own bytes when somebody looks: lines that the standard ignores,
 * ids and reconnection times that did not count, bytes that are not UTF-8, line ends that surprise. It judges lines and
 * never says what a frame means (block-parser). WHATWG HTML 9.2.6.
 */
import type { ByteText } from './byte-text.ts';
import type { Framing } from './framing.ts';
import { explainUnknownLine } from './unknown-line.ts';
import { FRAME_FLAGS, type Diagnostic, type DiagnosticCode, type FrameKind } from './types.ts';
import { utf8Faults } from './utf8-faults.ts';
import { diagnoseValue } from './value-diagnostics.ts';

export interface FrameBytes {
  /** The frame's bytes and no others. */
  readonly bytes: Uint8Array;
  /** Offset of the first. */
  readonly offset: number;
  readonly kind: FrameKind;
  /** FRAME_FLAGS. */
  readonly flags: number;
  /** What the body was read as. Default `sse`. */
  readonly framing?: Framing;
  /** Only the beginning of the frame is at hand. Default false. */
  readonly cut?: boolean;
}

/** A hostile frame can have a million bad lines: from here on they are counted, not listed. */
export const MAX_FINDINGS = 50;

const FIELDS: readonly string[] = ['data', 'event', 'id', 'retry'];

/** All findings in one frame, in the order of their bytes. */
export function diagnoseFrame(frame: FrameBytes, byteText: ByteText): readonly Diagnostic[] {
  const { bytes, kind, flags, framing = 'sse', cut = false } = frame;
  if (framing !== 'sse') return diagnoseValue({ ...frame, framing, cut }, byteText);
  const found: Diagnostic[] = [];
  const counts = new Map<DiagnosticCode, number>();
  const add = (code: DiagnosticCode, start: number, length: number, message: string): void => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    if (count <= MAX_FINDINGS) found.push({ code, message, offset: frame.offset + start, length });
  };

  if (kind === 'oversize') {
    add(
      'oversize',
      0,
      bytes.length,
      'This is a part of a frame that is too long to be read; its bytes are kept.',
    );
    return found;
  }
  if (kind === 'blank') return found;
  if (flags & FRAME_FLAGS.bom) {
    add('bom', 0, 3, 'The body begins with a byte order mark. It is not part of the text.');
  }
  diagnoseLines(frame, byteText, add);
  if (flags & FRAME_FLAGS.nonAscii) {
    for (const { start, end } of utf8Faults(bytes, 0, bytes.length, MAX_FINDINGS)) {
      const hex = [...bytes.subarray(start, Math.min(end, start + 8))].map((byte) =>
        byte.toString(16).toUpperCase().padStart(2, '0'),
      );
      const shown = hex.join(' ') + (end - start > 8 ? ' …' : '');
      add('invalid-utf8', start, end - start, `${shown} is not UTF-8. It is shown as U+FFFD.`);
    }
  }
  if (kind === 'incomplete') {
    const start = /[^\r\n]/.exec(byteText.latin1(bytes, 0, bytes.length))?.index ?? 0;
    add(
      'incomplete-at-end',
      start,
      bytes.length - start,
      'The stream ended inside this block, before its blank line. The standard discards it.',
    );
  }
  for (const [code, count] of counts) {
    if (count <= MAX_FINDINGS) continue;
    const last = found.findLast((finding) => finding.code === code);
    if (last) found.push({ ...last, message: `${count - MAX_FINDINGS} more like this follow in the frame.` });
  }
  return found.sort((a, b) => a.offset - b.offset);
}

type Add = (code: DiagnosticCode, start: number, length: number, message: string) => void;

function diagnoseLines(frame: FrameBytes, byteText: ByteText, add: Add): void {
  const { bytes } = frame;
  // One character a byte: places in it are places in the bytes.
  const text = byteText.latin1(bytes, 0, bytes.length);
  let bareCrs = 0;
  let firstBareCr = 0;
  let afterData = false;
  let at = frame.flags & FRAME_FLAGS.bom ? 3 : 0;
  let nextCr = text.indexOf('\r', at);
  let nextLf = text.indexOf('\n', at);
  while (at < text.length) {
    const byCr = nextCr !== -1 && (nextLf === -1 || nextCr < nextLf);
    const end = byCr ? nextCr : nextLf;
    if (end === -1) {
      diagnoseOpenLine(text, at, byteText, bytes, add);
      break;
    }
    if (end > at) afterData = diagnoseLine(text.slice(at, end), at, afterData, byteText, bytes, add);
    at = end + 1;
    if (byCr && text.charCodeAt(at) === 10) at += 1;
    else if (byCr) {
      if (bareCrs === 0) firstBareCr = end;
      bareCrs += 1;
    }
    if (nextCr !== -1 && nextCr < at) nextCr = text.indexOf('\r', at);
    if (nextLf !== -1 && nextLf < at) nextLf = text.indexOf('\n', at);
  }
  if (bareCrs > 0) {
    const what = bareCrs === 1 ? 'A line ends' : `${bareCrs} lines end`;
    add('bare-cr', firstBareCr, 1, `${what} in a CR without a LF. The standard takes that for a line end.`);
  }
}

/** Judges a line that is not empty; says whether it is a line of data, or goes on from one. */
function diagnoseLine(
  line: string,
  start: number,
  afterData: boolean,
  byteText: ByteText,
  bytes: Uint8Array,
  add: Add,
): boolean {
  const colon = line.indexOf(':');
  if (colon === 0) return false;
  const name = colon === -1 ? line : line.slice(0, colon);
  const value = colon === -1 ? '' : line.slice(line.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1);
  switch (name) {
    case 'data':
      return true;
    case 'event':
      return false;
    case 'id':
      if (value.includes('\0')) {
        add('id-has-nul', start, line.length, 'An id with a NUL in it is ignored; the id before it stays.');
      }
      return false;
    case 'retry':
      if (!/^[0-9]+$/.test(value)) add('bad-retry', start, line.length, badRetry(value));
      return false;
    default: {
      const shown = byteText.utf8(bytes, start, start + Math.min(line.length, 256));
      add('unknown-field', start, line.length, explainUnknownLine(shown, afterData));
      return afterData;
    }
  }
}

function badRetry(value: string): string {
  return value === ''
    ? 'A retry without a value is ignored by the standard; Chromium and WebKit go back to their own default.'
    : 'A retry that is not digits alone is ignored; the reconnection time stays as it was.';
}

/** The last line of a tail has no end: only what cannot become a field any more is worth a word. */
function diagnoseOpenLine(
  text: string,
  start: number,
  byteText: ByteText,
  bytes: Uint8Array,
  add: Add,
): void {
  const line = text.slice(start);
  const colon = line.indexOf(':');
  if (colon === 0 || (colon > 0 && FIELDS.includes(line.slice(0, colon)))) return;
  if (colon === -1 && FIELDS.some((field) => field.startsWith(line))) return;
  const shown = byteText.utf8(bytes, start, start + Math.min(line.length, 256));
  add('unknown-field', start, line.length, explainUnknownLine(shown, false));
}
