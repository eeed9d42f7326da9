/** What the window shows of a frame: its meaning, and what the standard ignored in it. */
import type { EntryDetail } from '../../shared/ipc/contract.ts';
import { kindOf } from '../../shared/session/index-record.ts';
import type { HeaderPair } from '../../shared/session/entry.ts';
import { readMessage } from '../../shared/sse/aws-message.ts';
import { createPortableByteText, type ByteText } from '../../shared/sse/byte-text.ts';
import { diagnoseFrame } from '../../shared/sse/diagnostics.ts';
import { createEventParser } from '../../shared/sse/event-parser.ts';
import type { Diagnostic, FrameKind, FrameMeaning } from '../../shared/sse/types.ts';

export interface FrameContent {
  readonly meaning: FrameMeaning;
  readonly diagnostics: readonly Diagnostic[];
  /** Only the beginning of the frame is at hand. */
  readonly cut: boolean;
  /** Data of an event, else the texts of its comments. */
  readonly text: string;
  /** Of a message of an AWS event stream; empty otherwise. */
  readonly headers: readonly HeaderPair[];
}

/** null for journal entries. */
export function frameContent(detail: EntryDetail): FrameContent | null {
  const { bytes, flags, framing, offset, length } = detail;
  if (!bytes) return null;
  const byteText = createPortableByteText();
  const kind = kindOf(detail.kindNumber) as FrameKind;
  const cut = bytes.length < length;
  const meaning = createEventParser(byteText).interpret(bytes, 0, bytes.length, {
    kind,
    flags,
    framing,
    cut,
  });
  return {
    meaning,
    diagnostics: diagnoseFrame({ bytes, offset, kind, flags, framing, cut }, byteText),
    cut,
    text: meaning.event?.data ?? meaning.comments.join('\n'),
    headers: framing === 'aws-event-stream' && kind === 'event' ? awsHeaders(bytes, byteText) : [],
  };
}

function awsHeaders(bytes: Uint8Array, byteText: ByteText): readonly HeaderPair[] {
  return readMessage(bytes, 0, bytes.length, byteText).headers.map(({ name, value }) => [name, value]);
}

/** Frames are fetched whole up to this size when their data is copied. */
export const WHOLE_BYTES = 16 * 1024 * 1024;

/** What a copy of an entry is: the data of an event, the text of a comment, a journal entry as JSON. */
export function copyOf(detail: EntryDetail): string {
  return frameContent(detail)?.text ?? JSON.stringify(detail.journal?.entry ?? null, null, 2);
}
