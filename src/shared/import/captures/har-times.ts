/** The times of a HAR entry: its phases in milliseconds since the attempt began, and when each event of its body came. */
import type { AttemptTimings } from '../../session/entry.ts';
import { createBodyReader } from '../../sse/body-reader.ts';
import type { ByteText } from '../../sse/byte-text.ts';
import type { HarEntry, HarMessage } from './har-shapes.ts';
import { amountOf } from './fields.ts';

/** HAR has the lengths of the phases, one after another; `ssl` is a part of `connect`. -1 stands for "did not happen". */
export function attemptTimings(entry: HarEntry): AttemptTimings {
  const phase = (name: string): number | null => amountOf(entry.timings[name]);
  const blocked = phase('blocked') ?? 0;
  const dns = phase('dns');
  const connect = phase('connect');
  const ssl = phase('ssl');
  const dnsMs = dns === null ? null : blocked + dns;
  const connected = connect === null ? null : blocked + (dns ?? 0) + connect;
  const head = phase('wait');
  const headMs = head === null ? null : blocked + (dns ?? 0) + (connect ?? 0) + (phase('send') ?? 0) + head;
  return {
    dnsMs,
    connectMs: connected === null ? null : connected - (ssl ?? 0),
    tlsMs: connected === null || ssl === null || ssl === 0 ? null : connected,
    headMs,
    firstByteMs: null,
  };
}

/** A piece of a body and when it came. */
export interface TimedPiece {
  readonly bytes: Uint8Array;
  readonly atMs: number;
}

/**
 * Cuts an event stream behind each event that `messages` has a time for. Messages are matched in order; one that does not fit
 * the next event is looked for further on, because browsers may begin to note messages later than the body.
 */
export function timedPieces(
  body: Uint8Array,
  messages: readonly HarMessage[],
  firstMs: number,
  atMsOf: (message: HarMessage) => number | null,
  byteText: ByteText,
): readonly TimedPiece[] {
  const ends: { readonly end: number; readonly atMs: number }[] = [];
  let next = 0;
  const reader = createBodyReader({
    byteText,
    onFrame(frame) {
      const message = messages[next];
      if (frame.kind !== 'event' || !message) return;
      if (message.data !== frame.data || message.type !== frame.eventType) return;
      next += 1;
      const atMs = atMsOf(message);
      if (atMs !== null) ends.push({ end: frame.offset + frame.length, atMs });
    },
    onExtend: () => undefined,
  });
  reader.begin(0, 'sse');
  reader.push(body);
  reader.end();

  const pieces: TimedPiece[] = [];
  let from = 0;
  let lastMs = firstMs;
  for (const { end, atMs } of ends) {
    lastMs = Math.max(lastMs, atMs);
    pieces.push({ bytes: body.subarray(from, end), atMs: lastMs });
    from = end;
  }
  if (from < body.length) pieces.push({ bytes: body.subarray(from), atMs: lastMs });
  return pieces;
}
