/** Where the body of an HTTP/1.1 message ends, and which of its bytes are payload (RFC 9112, sections 6 and 7). */
import type { HeaderPair } from '../session/entry.ts';
import { fieldValues, listMembers, statusLine, HeadFault, type MessageHead } from './http1-head.ts';

export type BodyShape =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' }
  /** What follows is not HTTP any more. */
  | { readonly kind: 'tunnel' };

const NONE: BodyShape = { kind: 'none' };

/** @throws HeadFault */
export function requestBody(head: MessageHead): BodyShape {
  const codings = listMembers(head, 'transfer-encoding');
  if (codings.length > 0) {
    if (codings.at(-1) !== 'chunked') throw new HeadFault('the end of the request body cannot be known');
    // Two answers to the question where a body ends are how requests are smuggled past a proxy.
    if (fieldValues(head, 'content-length').length > 0)
      throw new HeadFault('the request has both a Content-Length and a Transfer-Encoding');
    return { kind: 'chunked' };
  }
  return byLength(head) ?? NONE;
}

/** @throws HeadFault */
export function responseBody(head: MessageHead, method: string): BodyShape {
  const { status } = statusLine(head);
  if (status === 101) return { kind: 'tunnel' };
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return NONE;
  const codings = listMembers(head, 'transfer-encoding');
  if (codings.length > 0) return codings.at(-1) === 'chunked' ? { kind: 'chunked' } : { kind: 'until-close' };
  return byLength(head) ?? { kind: 'until-close' };
}

function byLength(head: MessageHead): BodyShape | null {
  const values = new Set(listMembers(head, 'content-length'));
  if (values.size === 0) return null;
  const [first = ''] = values;
  if (values.size > 1 || !/^\d{1,15}$/.test(first))
    throw new HeadFault(`Content-Length: ${[...values].join(', ').slice(0, 80)} is no length`);
  return { kind: 'length', bytes: Number(first) };
}

/** Follows one body through its reads. */
export interface BodyCutter {
  /** The body is over. */
  readonly done: boolean;
  /** Header pairs behind a chunked body. */
  readonly trailers: readonly HeaderPair[];
  /** Takes bytes from `from` on; returns the index behind the last one that belongs to the body. @throws HeadFault */
  take(bytes: Uint8Array, from: number, payload: (from: number, to: number) => void): number;
}

export function createBodyCutter(shape: BodyShape): BodyCutter {
  return shape.kind === 'chunked' ? createChunkCutter() : createLengthCutter(shape);
}

function createLengthCutter(shape: BodyShape): BodyCutter {
  let left = shape.kind === 'length' ? shape.bytes : shape.kind === 'none' ? 0 : Infinity;
  return {
    get done() {
      return left === 0;
    },
    trailers: [],
    take(bytes, from, payload) {
      const to = Math.min(bytes.length, from + left);
      left -= to - from;
      if (to > from) payload(from, to);
      return to;
    },
  };
}

const CR = 13;
const LF = 10;
/** A line of a chunk's size or of a trailer; longer ones only somebody sends who means harm. */
const MAX_LINE_CHARS = 16 * 1024;
const MAX_TRAILER_LINES = 1000;

function createChunkCutter(): BodyCutter {
  let state: 'size' | 'data' | 'data-end' | 'trailers' | 'done' = 'size';
  let line = '';
  let left = 0;
  const trailers: HeaderPair[] = [];

  const lineRead = (): void => {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    line = '';
    if (state === 'data-end') {
      if (text !== '') throw new HeadFault('a chunk is longer than it says');
      state = 'size';
    } else if (state === 'size') {
      const size = /^[ \t]*([0-9a-f]{1,13})[ \t]*(?:;|$)/i.exec(text)?.[1];
      if (size === undefined) throw new HeadFault(`"${text.slice(0, 40)}" is not the size of a chunk`);
      left = Number.parseInt(size, 16);
      state = left === 0 ? 'trailers' : 'data';
    } else if (text === '') {
      state = 'done';
    } else {
      const colon = text.indexOf(':');
      if (colon > 0 && trailers.length < MAX_TRAILER_LINES)
        trailers.push([text.slice(0, colon), text.slice(colon + 1).trim()]);
    }
  };

  return {
    get done() {
      return state === 'done';
    },
    trailers,
    take(bytes, from, payload) {
      let at = from;
      while (at < bytes.length && state !== 'done') {
        if (state === 'data') {
          const to = Math.min(bytes.length, at + left);
          payload(at, to);
          left -= to - at;
          at = to;
          if (left === 0) state = 'data-end';
          continue;
        }
        const byte = bytes[at] as number;
        at += 1;
        if (byte === LF) lineRead();
        else if (line.length < MAX_LINE_CHARS) line += String.fromCharCode(byte);
        else throw new HeadFault('a line between the chunks never ends');
        if (byte !== CR && state === 'data-end' && line !== '')
          throw new HeadFault('a chunk is longer than it says');
      }
      return at;
    },
  };
}
