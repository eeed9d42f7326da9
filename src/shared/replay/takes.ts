/** The recorded attempts of a session, as something to play. */
import type { NumberedJournalEntry, ResponseHeadEntry } from '../session/entry.ts';
import type { Framing } from '../sse/framing.ts';
import type { PlayEnd } from './playback.ts';

/** One attempt that was answered. */
export interface Take {
  readonly attempt: number;
  /** Entries: from (inclusive) to (exclusive). */
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly startMs: number;
  /** When the head came; the start, when none is recorded. */
  readonly headMs: number;
  readonly head: ResponseHeadEntry | null;
  readonly framing: Framing;
  readonly accepted: boolean;
  readonly endMs: number;
  readonly how: PlayEnd;
}

export interface Takes {
  /** Where the first request went, with its query; "/" when that is not known. */
  readonly path: string;
  readonly method: string;
  /** Every answered attempt. */
  readonly each: readonly Take[];
  /** The streams among them, to be played as one; all of them when there is no stream. */
  readonly whole: readonly Take[];
}

/** `count` and `lastAtMs` are the session's as it is now. */
export function takesOf(journal: readonly NumberedJournalEntry[], count: number, lastAtMs: number): Takes {
  const each: Take[] = [];
  let open: { -readonly [K in keyof Take]: Take[K] } | null = null;
  let path = '';
  let method = 'GET';
  const close = (seq: number, atMs: number): void => {
    if (!open) return;
    // Without a head and over: it never got an answer.
    if (open.head !== null || open.endMs === Infinity) each.push(settled(open, seq, atMs));
    open = null;
  };
  for (const { seq, atMs, entry } of journal) {
    switch (entry.kind) {
      case 'attempt-start':
        close(seq, atMs);
        if (path === '') {
          path = pathOf(entry.url);
          method = entry.method;
        }
        open = {
          attempt: entry.attempt,
          fromSeq: seq,
          toSeq: seq,
          startMs: atMs,
          headMs: atMs,
          head: null,
          framing: 'sse',
          accepted: true,
          endMs: Infinity,
          how: 'complete',
        };
        break;
      case 'response-head':
        if (open === null) break;
        open.headMs = atMs;
        open.head = entry;
        open.framing = entry.framing ?? 'sse';
        open.accepted = entry.accepted;
        break;
      case 'attempt-end':
        if (open === null) break;
        open.endMs = atMs;
        if (entry.how === 'failed') open.how = entry.failure?.code === 'reset' ? 'reset' : 'cut';
        break;
      default:
    }
  }
  close(count, lastAtMs);
  const streams = each.filter(({ accepted }) => accepted);
  return { path: path || '/', method, each, whole: streams.length > 0 ? streams : each };
}

function settled(open: Take, toSeq: number, atMs: number): Take {
  return { ...open, toSeq, endMs: Math.max(open.headMs, Math.min(open.endMs, atMs)) };
}

function pathOf(url: string): string {
  return /^[a-z+]+:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1] || '/';
}
