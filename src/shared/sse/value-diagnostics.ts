/** Findings in a frame of a body that is no event stream: text that is not JSON, checksums that do not fit, stray bytes. */
import { assertNever } from '../base/assert.ts';
import { isIntact } from './aws-message.ts';
import type { ByteText } from './byte-text.ts';
import { FRAME_FLAGS, type Diagnostic, type DiagnosticCode, type FrameKind } from './types.ts';
import { utf8Faults } from './utf8-faults.ts';
import { valueEvent, type ValueFraming } from './value-frame.ts';

export interface ValueFrameBytes {
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly kind: FrameKind;
  /** FRAME_FLAGS. */
  readonly flags: number;
  readonly framing: ValueFraming;
  /** Only the beginning of the frame is at hand. */
  readonly cut: boolean;
}

const MAX_FAULTS = 50;
const SEPARATOR = 0x1e;

export function diagnoseValue(frame: ValueFrameBytes, byteText: ByteText): readonly Diagnostic[] {
  const { bytes, offset, kind, framing } = frame;
  const whole = (code: DiagnosticCode, message: string): Diagnostic => ({
    code,
    message,
    offset,
    length: bytes.length,
  });
  switch (kind) {
    case 'oversize':
      return [
        whole('oversize', 'This is a part of a value that is too long to be read; its bytes are kept.'),
      ];
    case 'incomplete':
      return [whole('incomplete-at-end', INCOMPLETE[framing])];
    case 'unknown':
      return [whole('stray-bytes', STRAY[framing])];
    case 'blank':
      return [];
    default:
      return [...formFindings(frame, byteText, whole), ...textFindings(frame, byteText)];
  }
}

const INCOMPLETE: Readonly<Record<ValueFraming, string>> = {
  ndjson: 'The body ended inside this line: it has no line end, and it is not JSON.',
  'json-seq': 'This JSON text was cut off, by the next separator or by the end of the body.',
  'json-array': 'The body ended inside this item.',
  'aws-event-stream': 'The body ended inside this message.',
  text: 'The body ended inside this line.',
};

const STRAY: Readonly<Record<ValueFraming, string>> = {
  ndjson: 'These bytes are no line.',
  'json-seq': 'These bytes are no JSON text.',
  'json-array': 'These bytes are no item of a JSON array. Perhaps the body is something else.',
  'aws-event-stream':
    'This is no message: the lengths or the checksum in front do not fit. Where the next message begins cannot be known.',
  text: 'These bytes are no line.',
};

type Whole = (code: DiagnosticCode, message: string) => Diagnostic;

/** What is wrong with the value's own form. Values that are only partly at hand are not judged. */
function formFindings(frame: ValueFrameBytes, byteText: ByteText, whole: Whole): Diagnostic[] {
  const { bytes, flags, framing, cut } = frame;
  if (cut) return [];
  switch (framing) {
    case 'text':
      return [];
    case 'aws-event-stream':
      if (isIntact(bytes)) return [];
      return [
        whole('bad-checksum', 'The checksum of this message does not fit it: bytes changed on their way.'),
      ];
    case 'ndjson':
    case 'json-array':
    case 'json-seq': {
      const found: Diagnostic[] = [];
      if (framing === 'json-seq' && !bytes.includes(SEPARATOR)) {
        found.push(whole('no-separator', 'No record separator (U+001E) stands in front of this JSON text.'));
      }
      const fault = jsonFault(valueEvent(framing, bytes, 0, bytes.length, flags, byteText).data);
      if (fault !== null) found.push(whole('bad-json', `This is not JSON: ${fault}.`));
      return found;
    }
    default:
      return assertNever(framing, 'framing');
  }
}

function jsonFault(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
  }
}

function textFindings(frame: ValueFrameBytes, byteText: ByteText): Diagnostic[] {
  const { bytes, offset, flags, framing } = frame;
  const found: Diagnostic[] = [];
  if (flags & FRAME_FLAGS.bom) {
    const message = 'The body begins with a byte order mark. It is not part of the text.';
    found.push({ code: 'bom', message, offset, length: 3 });
  }
  if (!(flags & FRAME_FLAGS.nonAscii)) return found;
  if (framing === 'aws-event-stream') {
    const { data } = valueEvent(framing, bytes, 0, bytes.length, flags, byteText);
    if (data.includes('\uFFFD')) {
      const message = 'The payload of this message is not UTF-8 throughout. What is not is shown as U+FFFD.';
      found.push({ code: 'invalid-utf8', message, offset, length: bytes.length });
    }
    return found;
  }
  for (const { start, end } of utf8Faults(bytes, 0, bytes.length, MAX_FAULTS)) {
    const message = 'These bytes are not UTF-8. They are shown as U+FFFD.';
    found.push({ code: 'invalid-utf8', message, offset: offset + start, length: end - start });
  }
  return found;
}
