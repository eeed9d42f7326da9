/**
 * `streamscope decode`: wire bytes or a recorded session as one JSON a line. Streams in constant memory; reads no files and
 * knows no arguments. What the lines say is in decode-lines.
 */
import type { SessionReader } from '../shared/session/log.ts';
import { decodedEntries } from '../shared/export/decoded-entries.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import { createBodyReader } from '../shared/sse/body-reader.ts';
import type { Framing } from '../shared/sse/framing.ts';
import { diagnosticLine, frameLines } from './decode-lines.ts';

/** Takes one line, with its line end. Waited for when it gives a promise. */
export type WriteLine = (line: string) => void | Promise<void>;

/** Decodes one body. Frames are numbered from 0; `seq` is that number. */
export async function decodeStream(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  write: WriteLine,
  byteText: ByteText,
  framing: Framing = 'sse',
): Promise<void> {
  let seq = 0;
  let ready: string[] = [];
  /** The last frame, told when it is sure that it does not grow by the LF of a CRLF. */
  let last: ((grownBy: number) => string[]) | null = null;

  const settle = (grownBy: number): void => {
    if (last) ready.push(...last(grownBy));
    last = null;
  };
  const reader = createBodyReader({
    byteText,
    onFrame(frame) {
      settle(0);
      const { lastEventId } = reader;
      const bytes = reader.frameBytes();
      const { offset, length, kind, flags, eventType, data, id, retryMs, comments } = frame;
      const parsed = { offset, length, kind, flags, eventType, data, id, retryMs, comments };
      const told = { ...parsed, framing, seq, lastEventId, bytes };
      seq += 1;
      if (bytes[bytes.length - 1] !== CR) {
        ready.push(...frameLines(told, byteText));
        return;
      }
      const whole = new Uint8Array(bytes.length + 1);
      whole.set(bytes);
      whole[bytes.length] = LF;
      last = (grownBy) => {
        const length = told.length + grownBy;
        return frameLines({ ...told, length, bytes: whole.subarray(0, length) }, byteText);
      };
    },
    onExtend: () => settle(1),
  });

  reader.begin(0, framing);
  for await (const chunk of chunks) {
    reader.push(chunk);
    if (chunk[chunk.length - 1] !== CR) settle(0);
    await writeAll(ready, write);
    ready = [];
  }
  reader.end();
  settle(0);
  await writeAll(ready, write);
}

const CR = 13;
const LF = 10;

/**
 * Decodes a session, attempt by attempt: each body begins anew, the last event ID goes on. `seq` is the entry's number.
 * A body that was not accepted as a stream is one finding.
 */
export async function decodeSession(
  reader: SessionReader,
  write: WriteLine,
  byteText: ByteText,
): Promise<void> {
  let accepted = true;
  let said = false;
  for await (const entries of decodedEntries(reader, { from: 0, to: reader.count }, byteText)) {
    const lines: string[] = [];
    for (const decoded of entries) {
      if (decoded.what === 'journal') {
        if (decoded.entry.kind === 'response-head') {
          accepted = decoded.entry.accepted;
          said = false;
        }
      } else if (accepted) {
        lines.push(...frameLines(decoded, byteText));
      } else if (!said) {
        said = true;
        lines.push(diagnosticLine('not-an-event-stream', NOT_A_STREAM, decoded.offset));
      }
    }
    await writeAll(lines, write);
  }
}

const NOT_A_STREAM = 'This body was not read as a stream, by its status or its type. It is kept as it came.';

async function writeAll(lines: readonly string[], write: WriteLine): Promise<void> {
  for (const line of lines) {
    const written = write(`${line}\n`);
    if (written) await written;
  }
}
