/**
 * Reads one direction of an HTTP/1.1 connection, message by message, out of reads of any size. It changes nothing: what it hands
 * out, laid end to end, is what came in.
 */
import type { HeaderPair } from '../session/entry.ts';
import type { ByteText } from '../sse/byte-text.ts';
import { createBodyCutter, type BodyCutter, type BodyShape } from './http1-body.ts';
import { HeadFault, headEnd, parseHead, type MessageHead } from './http1-head.ts';

export interface MessageListener {
  /** How every head begins, so that what is none is known early. */
  readonly beginsWith?: string;
  /** A head came, with its bytes. Says what follows; `interim`: another head of the same message (1xx). @throws HeadFault */
  head(head: MessageHead, raw: Uint8Array): BodyShape | 'interim';
  /** A part of the body as it is on the wire, before the payload in it is told. */
  wire(bytes: Uint8Array): void;
  /** A part of the body without its chunk framing. */
  payload(bytes: Uint8Array): void;
  /** The message is whole. */
  end(trailers: readonly HeaderPair[]): void;
}

export interface MessageReader {
  /** Whether a message has begun and is not whole. */
  readonly inside: boolean;
  /** The body goes on until the connection closes. */
  readonly untilClose: boolean;
  /** Takes bytes until the message in hand is over; returns how many. @throws HeadFault, after which it reads no more */
  push(bytes: Uint8Array): number;
  /** After a fault: what was pushed and not handed out, to be passed on as it is. */
  rest(bytes: Uint8Array): Uint8Array;
}

const NOTHING = new Uint8Array(0);
const CR = 13;
const LF = 10;

export function createMessageReader(
  byteText: ByteText,
  maxHeadBytes: number,
  listener: MessageListener,
): MessageReader {
  /** Of a head that is not whole. */
  let held = NOTHING;
  let shape: BodyShape | null = null;
  let cutter: BodyCutter | null = null;
  let interim = false;
  /** Where the read in hand has been handed out to. */
  let taken = 0;

  const finish = (): void => {
    const trailers = cutter?.trailers ?? [];
    shape = cutter = null;
    interim = false;
    listener.end(trailers);
  };

  /** Bytes of `bytes` that belong to the head. */
  const readHead = (bytes: Uint8Array): number => {
    const before = held.length;
    const all = before === 0 ? bytes : joined(held, bytes);
    // Empty lines in front of a message are passed over (RFC 9112, 2.2).
    let start = 0;
    while (all[start] === LF || (all[start] === CR && all[start + 1] === LF))
      start += all[start] === LF ? 1 : 2;
    const { beginsWith = '' } = listener;
    if (all.length - start >= beginsWith.length) {
      const beginning = byteText.latin1(all, start, start + beginsWith.length);
      if (beginning !== beginsWith) throw new HeadFault('it does not begin as an answer does');
    }
    const end = headEnd(all, start);
    if ((end < 0 ? all.length : end) - start > maxHeadBytes) throw new HeadFault('the head is too long');
    if (end < 0) {
      held = start === all.length ? NOTHING : all.slice(start);
      return bytes.length;
    }
    const raw = all.subarray(start, end);
    const next = listener.head(parseHead(byteText.latin1(raw, 0, raw.length)), raw);
    held = NOTHING;
    interim = next === 'interim';
    if (next !== 'interim') {
      shape = next;
      cutter = createBodyCutter(next);
      if (cutter.done) finish();
    }
    return end - before;
  };

  const readBody = (bytes: Uint8Array, from: number, { take }: BodyCutter): number => {
    const parts: number[] = [];
    const to = take(bytes, from, (start, end) => void parts.push(start, end));
    listener.wire(bytes.subarray(from, to));
    for (let at = 0; at < parts.length; at += 2) listener.payload(bytes.subarray(parts[at], parts[at + 1]));
    return to;
  };

  return {
    get inside() {
      return shape !== null || interim || held.length > 0;
    },
    get untilClose() {
      return shape?.kind === 'until-close';
    },
    push(bytes) {
      taken = 0;
      while (taken < bytes.length) {
        if (cutter) {
          taken = readBody(bytes, taken, cutter);
          if (!cutter.done) continue;
          finish();
          return taken;
        }
        taken += readHead(taken === 0 ? bytes : bytes.subarray(taken));
        if (!cutter && !interim && held.length === 0) return taken;
      }
      return taken;
    },
    rest: (bytes) => joined(held, bytes.subarray(taken)),
  };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
