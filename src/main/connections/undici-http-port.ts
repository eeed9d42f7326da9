/**
 * The HttpPort over sockets of our own, by undici and node:http2: redirects as the Fetch standard follows them, bodies decoded as they stream, times and sizes counted.
 * It decides nothing about event streams.
 */
import { EMPTY_TALLY, type AttemptTally } from '../../shared/connection/machine-types.ts';
import { isRedirect, nextHop } from '../../shared/connection/redirect-rules.ts';
import type { RequestMessage } from '../../shared/connection/request-message.ts';
import { headerValues } from '../../shared/connection/response-rules.ts';
import type { Failure } from '../../shared/connection/types.ts';
import type { AttemptTimings, HeaderPair, RedirectHop } from '../../shared/session/entry.ts';
import { contentCodings, offeredCodings } from './content-codings.ts';
import { decoderFor, type BodyDecoder } from './content-decoding.ts';
import { decodingFailureOf, failureOf, type Progress } from './http-failure.ts';
import { extraCertificates, systemCertificates } from './extra-certificates.ts';
import { openHop, type Hop, type HopSurroundings } from './http-hop.ts';
import { createHttp2Pool } from './http2-pool.ts';
import type { ExchangeOptions, HttpExchange, HttpListener, HttpPort } from './http-port.ts';
import type { SystemProxy } from './proxy-route.ts';
import { transportAt } from './redirected-transport.ts';
import { factsOf } from './socket-watch.ts';

export interface HttpPortOptions {
  /** The clock that arrivals are stamped with. */
  readonly nowMs: () => number;
  /** Certificates to trust besides those of the runtime, as PEM. Default: those that NODE_EXTRA_CA_CERTS names, and the system's. */
  readonly certificates?: string | undefined;
  /** The proxies that the surroundings know for an address, as a PAC script says them. Default: none. */
  readonly systemProxy?: SystemProxy | undefined;
}

export function createUndiciHttpPort({ nowMs, certificates, systemProxy }: HttpPortOptions): HttpPort {
  const surroundings: HopSurroundings = {
    nowMs,
    certificates: certificates ?? besidesTheRuntime(),
    systemProxy: systemProxy ?? (async () => 'DIRECT'),
    pool: createHttp2Pool(),
    contexts: new Map(),
  };
  return {
    codings: offeredCodings(contentCodings()),
    open: (message, listener, asked) => openExchange(message, surroundings, listener, asked),
  };
}

function besidesTheRuntime(): string | null {
  const found = [extraCertificates(process.env), systemCertificates()].filter((pem) => pem !== null);
  return found.length === 0 ? null : found.join('\n');
}

interface WirePart {
  readonly bytes: Uint8Array;
  readonly arrivedMs: number;
}

function openExchange(
  first: RequestMessage,
  options: HopSurroundings,
  listener: HttpListener,
  { limits, transport, jar }: ExchangeOptions,
): HttpExchange {
  const startedMs = options.nowMs();
  const visited = [first.url];
  let hop: Hop;
  let over = false;
  let progress: Progress = 'connecting';
  let wireBytes = 0;
  let bodyBytes = 0;
  let headMs: number | null = null;
  let firstByteMs: number | null = null;

  let decoder: BodyDecoder | null = null;
  let encodings = '';
  const waiting: WirePart[] = [];
  let decoding = false;
  let wireEnded = false;
  let wireFailure: Failure | null = null;
  let paused = false;

  const since = (atMs: number | null) => (atMs === null ? null : atMs - startedMs);
  const timings = (): AttemptTimings => ({
    ...EMPTY_TALLY.timings,
    dnsMs: since(hop.watch.dnsMs),
    connectMs: since(hop.watch.connectMs),
    ...(hop.watch.proxyMs === null ? {} : { proxyMs: since(hop.watch.proxyMs) }),
    tlsMs: since(hop.watch.tlsMs),
    headMs,
    firstByteMs,
  });
  const isConnected = () => {
    const { connectMs, tlsMs, reused } = hop.watch;
    if (reused) return true;
    return connectMs !== null && (tlsMs !== null || !/^https:/i.test(visited.at(-1) ?? ''));
  };
  const exchange = () => factsOf(hop.watch, startedMs);
  const tally = (): AttemptTally => ({
    wireBytes,
    bodyBytes,
    timings: timings(),
    connected: isConnected(),
    exchange: exchange(),
  });
  const fail = (failure: Failure) => {
    if (over) return;
    over = true;
    hop.abort();
    decoder?.destroy();
    listener.failed(failure);
  };
  const emit = (bytes: Uint8Array, arrivedMs: number) => {
    if (over || bytes.length === 0) return;
    bodyBytes += bytes.length;
    listener.bytesReceived(bytes, arrivedMs);
  };
  const conclude = () => {
    if (over) return;
    over = true;
    listener.ended();
  };

  /** Decodes the parts that wait, one after the other; reading pauses meanwhile. */
  const decodeNext = (): void => {
    if (over || decoding || !decoder) return;
    const part = waiting.shift();
    if (part) {
      decoding = true;
      decoder.write(part.bytes, (bytes) => emit(bytes, part.arrivedMs), decoded);
    } else if (wireFailure) {
      fail(wireFailure);
    } else if (wireEnded) {
      decoding = true;
      const lastMs = options.nowMs();
      const rest = (bytes: Uint8Array) => emit(bytes, lastMs);
      decoder.end(rest, (error) => (error ? decoded(error) : conclude()));
    } else {
      steer();
    }
  };
  const decoded = (error: Error | null): void => {
    decoding = false;
    if (error) fail(decodingFailureOf(error, encodings));
    else decodeNext();
  };
  const steer = () => {
    if (over || wireEnded) return;
    if (paused || decoding) hop.pause();
    else hop.resume();
  };

  const receiveHead = (
    message: RequestMessage,
    status: number,
    statusText: string,
    headers: HeaderPair[],
  ) => {
    jar?.take(message.url, headerValues(headers, 'set-cookie'));
    if (isRedirect(status)) {
      const answer: RedirectHop = {
        statusText,
        headers,
        httpVersion: hop.watch.httpVersion,
        remoteAddress: hop.watch.remoteAddress,
        timings: { ...timings(), headMs: options.nowMs() - startedMs },
        exchange: exchange(),
      };
      hop.abort();
      const next = nextHop(message, status, headers, visited);
      if (next.failure) return fail(next.failure);
      listener.redirected(status, message.url, next.message.url, answer);
      visited.push(next.message.url);
      if (!over) ask(next.message);
      return;
    }
    progress = 'reading-body';
    headMs = options.nowMs() - startedMs;
    const values = headerValues(headers, 'content-encoding');
    encodings = values.join(', ');
    decoder = decoderFor(values, limits);
    listener.headReceived({
      status,
      statusText,
      headers,
      url: message.url,
      httpVersion: hop.watch.httpVersion,
      remoteAddress: hop.watch.remoteAddress,
      timings: timings(),
      exchange: exchange(),
    });
  };

  const ask = (message: RequestMessage) => {
    progress = 'connecting';
    const hopTransport = transportAt(transport, first.url, message.url);
    // Only the hop has the jar's cookies: a redirect is followed from what the user asked for.
    const sent = jar ? { ...message, headers: jar.withCookies(message.url, message.headers) } : message;
    const asked = openHop(sent, { limits, transport: hopTransport }, options, {
      head: (status, statusText, headers) => receiveHead(message, status, statusText, headers),
      data(bytes, arrivedMs) {
        wireBytes += bytes.length;
        firstByteMs ??= arrivedMs - startedMs;
        if (!decoder) return emit(bytes, arrivedMs);
        waiting.push({ bytes, arrivedMs });
        decodeNext();
        steer();
      },
      end() {
        wireEnded = true;
        if (decoder) decodeNext();
        else conclude();
      },
      error(error) {
        if (progress === 'connecting' && asked.watch.connectMs !== null) progress = 'awaiting-head';
        const failure = failureOf(error, message.url, progress);
        wireEnded = true;
        wireFailure = failure;
        // What arrived before the failure is decoded and told first.
        if (decoder) decodeNext();
        else fail(failure);
      },
    });
    hop = asked;
  };
  ask(first);

  return {
    pause() {
      paused = true;
      decoder?.pause();
      steer();
    },
    resume() {
      paused = false;
      decoder?.resume();
      steer();
    },
    abort() {
      if (over) return;
      over = true;
      hop.abort();
      decoder?.destroy();
    },
    tally,
  };
}
