/**
 * Everything that can be rebuilt from a stream, in one pass: chat completions and exchanges. Says which frames and entries they
 * are rebuilt from, for the window, exports and the command line alike.
 */
import type { MonotonicMs, SeqNo } from '../base/clock.ts';
import type { Completion } from '../chat/completion.ts';
import { foldFrame, MAX_UNFRAMED_BYTES, type FrameToFold } from '../chat/fold-frame.ts';
import { createFold, type CompletionFold } from '../chat/fold.ts';
import type { JournalEntry } from '../session/entry.ts';
import type { ByteText } from '../sse/byte-text.ts';
import type { Exchange } from './exchange.ts';
import { createExchangeFold, type ExchangeFold } from './exchange-fold.ts';

export interface StreamFrame extends Omit<FrameToFold, 'event'> {
  /** Asked for when it is an event. `id`: the block's own if it counted, else null. */
  readonly event: () => { readonly type: string; readonly data: string; readonly id: string | null } | null;
}

export interface StreamFold {
  frame(frame: StreamFrame): void;
  entry(entry: JournalEntry, seq: SeqNo, atMs: MonotonicMs): void;
  end(): void;
  completions(): readonly Completion[];
  exchanges(): readonly Exchange[];
  /** Grows with everything that may change what was rebuilt. */
  readonly revision: number;
}

export function createStreamFold(byteText: ByteText, chat: CompletionFold = createFold()): StreamFold {
  const exchange = createExchangeFold();
  return {
    frame(frame) {
      const { kind, seq, atMs, attempt, length } = frame;
      if (kind === 'event') {
        const event = frame.event();
        if (!event) return;
        foldFrame(chat, { ...frame, event: () => event }, byteText);
        exchange.push({ ...event, seq, atMs, attempt });
        return;
      }
      foldFrame(chat, frame, byteText);
      if (length <= MAX_UNFRAMED_BYTES && (kind === 'unknown' || kind === 'no-data')) {
        const bytes = frame.bytes();
        pushText(exchange, kind, byteText.utf8(bytes, 0, bytes.length), { seq, atMs, attempt });
      }
    },
    entry(entry, seq, atMs) {
      // What a reconnect brings later takes this back.
      if (entry.kind === 'attempt-end') chat.end();
      exchange.pushEntry(entry, seq, atMs);
    },
    end() {
      chat.end();
      exchange.end();
    },
    completions: () => chat.view(),
    exchanges: () => exchange.view(),
    get revision() {
      return chat.revision + exchange.revision;
    },
  };
}

/**
 * What matters in a frame that dispatched no event: a JSON-RPC answer that came as a plain body, and the `complete` of GraphQL,
 * which many servers send without data.
 */
function pushText(
  fold: ExchangeFold,
  kind: 'unknown' | 'no-data',
  text: string,
  place: { readonly seq: SeqNo; readonly atMs: MonotonicMs; readonly attempt: number },
): void {
  if (kind === 'no-data') {
    if (/^event: ?complete$/m.test(text.replaceAll('\r', '\n'))) {
      fold.push({ type: 'complete', data: '', id: null, ...place });
    }
    return;
  }
  const body = text.trim();
  if (/^[{[]/.test(body) && body.includes('"jsonrpc"')) {
    fold.push({ type: 'message', data: body, id: null, ...place });
  }
}
