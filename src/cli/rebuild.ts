/**
 * `streamscope rebuild`: the completions and exchanges in a stream of wire bytes or in a recorded session. Owns the way from bytes
 * to them and the text that is printed; reads no files and knows no arguments. What is no event stream, or holds neither, gives
 * an empty array.
 */
import { MAX_UNFRAMED_BYTES } from '../shared/chat/fold-frame.ts';
import { createFold, type CompletionFold } from '../shared/chat/fold.ts';
import { rebuiltDocuments } from '../shared/export/completion-markdown.ts';
import { rebuiltFrom, type Rebuilt } from '../shared/export/fold-entries.ts';
import { rebuiltList } from '../shared/export/rebuilt-list.ts';
import { createStreamFold } from '../shared/protocol/stream-fold.ts';
import type { SessionReader } from '../shared/session/log.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import { createBodyReader } from '../shared/sse/body-reader.ts';
import type { Framing } from '../shared/sse/framing.ts';

/** What is in one body. Frames are numbered from 0; `seq` in the result is that number. */
export async function rebuildBytes(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  byteText: ByteText,
  framing: Framing = 'sse',
  chat: CompletionFold = createFold(),
): Promise<Rebuilt> {
  const fold = createStreamFold(byteText, chat);
  const recent = createRecentBytes();
  let seq = 0;
  const frames = createBodyReader({
    byteText,
    onFrame({ kind, eventType, data, id, offset, length }) {
      const event = () => (eventType === null ? null : { type: eventType, data, id });
      const bytes = () => recent.read(offset, length);
      fold.frame({ kind, seq, atMs: 0, attempt: 0, length, event, bytes });
      seq += 1;
    },
    onExtend() {},
  });
  frames.begin(0, framing);
  for await (const chunk of chunks) {
    recent.append(chunk);
    frames.push(chunk);
  }
  frames.end();
  fold.end();
  return { completions: fold.completions(), exchanges: fold.exchanges() };
}

/** What is in a session. Every attempt goes on where the one before ended; `seq` is the entry's number. */
export async function rebuildSession(
  reader: SessionReader,
  byteText: ByteText,
  chat: CompletionFold = createFold(),
): Promise<Rebuilt> {
  return rebuiltFrom(
    { reader, range: { from: 0, to: reader.count }, onProgress() {} },
    byteText,
    false,
    chat,
  );
}

/** What is printed: one array on one line, or a document for people. */
export function rebuildOutput(rebuilt: Rebuilt, form: 'json' | 'markdown' = 'json'): string {
  if (form === 'json') return `${JSON.stringify(rebuiltList(rebuilt))}\n`;
  const documents = rebuiltDocuments(rebuilt);
  return documents.length === 0 ? 'Nothing to rebuild was found.\n' : documents.join('\n---\n\n');
}

/** The end of the stream so far: enough for the longest frame that is looked into, whatever the reads were. */
function createRecentBytes(): {
  append(chunk: Uint8Array): void;
  read(offset: number, length: number): Uint8Array;
} {
  let chunks: Uint8Array[] = [];
  /** Offset of the first byte kept, and of the first that is yet to come. */
  let start = 0;
  let end = 0;
  let joined: Uint8Array | null = null;
  return {
    append(chunk) {
      // Copied because a stream may use its buffer again.
      chunks.push(chunk.slice());
      end += chunk.length;
      joined = null;
      let spare = 0;
      // Frames of this very chunk may begin before it, but not by more than the longest that is read.
      while (
        spare < chunks.length - 1 &&
        start + (chunks[spare]?.length ?? 0) < end - chunk.length - MAX_UNFRAMED_BYTES
      ) {
        start += chunks[spare]?.length ?? 0;
        spare += 1;
      }
      if (spare > 0) chunks = chunks.slice(spare);
    },
    read(offset, length) {
      joined ??= concatenated(chunks, end - start);
      return joined.subarray(offset - start, offset - start + length);
    },
  };
}

function concatenated(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
