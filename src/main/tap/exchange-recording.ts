/**
 * Records one request that passes through a tap, and its answer, as a session. Whatever happens here is behind the forwarding: a
 * log that is still being opened takes what happened meanwhile later, and a log that fails is told and costs the client nothing.
 */
import type { Clock } from '../../shared/base/clock.ts';
import { headerValues } from '../../shared/connection/response-rules.ts';
import { readBodyAs } from '../../shared/connection/body-rules.ts';
import type { Failure } from '../../shared/connection/types.ts';
import type { CaptureStore } from '../../shared/session/capture-store.ts';
import type { AttemptTimings, HeaderPair, JournalEntry } from '../../shared/session/entry.ts';
import type { TapMarkEntry } from '../../shared/session/tap-mark.ts';
import type { SessionLog } from '../../shared/session/log.ts';
import { createMask, maskEntry, type Mask } from '../../shared/session/mask-secrets.ts';
import { createRecorder } from '../../shared/session/recorder.ts';
import { redactEntry } from '../../shared/session/redact.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import type { Framing } from '../../shared/sse/framing.ts';
import { createBackPressure } from '../connections/back-pressure.ts';
import { factsOf, type SocketWatch } from '../connections/socket-watch.ts';
import { createKeptBody } from './kept-body.ts';
import { createOpeningLog } from './opening-log.ts';
import { createRecordedBody, type RecordedBody } from './recorded-body.ts';

export interface RecordingDeps {
  readonly store: Pick<CaptureStore, 'create' | 'finish'>;
  readonly byteText: ByteText;
  readonly clock: Clock;
  /** Of the tap: what must not be recorded besides the usual secrets. */
  readonly secrets: readonly string[];
  readonly tapName: string;
  readonly maxRequestBytes: number;
  readonly maxAnswerBytes: number;
  /** The log is open: somebody may look at it. */
  readonly onOpened: (log: SessionLog) => void;
  readonly onEvents: (events: number) => void;
  readonly onFault: (what: string, error: unknown) => void;
}

export interface RecordedRequest {
  readonly method: string;
  /** At the server. */
  readonly url: string;
  readonly headers: readonly HeaderPair[];
  /** As it went over the wire. */
  readonly head: string;
  readonly lastEventId: string;
}

export interface RecordedHead {
  readonly status: number;
  readonly statusText: string;
  readonly version: string;
  readonly headers: readonly HeaderPair[];
}

export interface ExchangeRecording {
  requestPayload(bytes: Uint8Array): void;
  /** The server's head is here; says what its body is. */
  head(head: RecordedHead): { readonly framing: Framing | null; readonly isStream: boolean };
  payload(bytes: Uint8Array, arrivedMs: number): void;
  mark(mark: Omit<TapMarkEntry, 'kind' | 'attempt'>): void;
  /** Once. Resolves when the session is in its files. */
  end(ending: RecordedEnd): Promise<void>;
}

export interface RecordedEnd {
  readonly how: 'complete' | 'failed' | 'stopped';
  readonly failure: Failure | null;
  readonly why: string;
}

/** Framings whose bodies are streams however they are sent; the others also stand for documents. */
const STREAMS: ReadonlySet<Framing> = new Set(['sse', 'ndjson', 'json-seq', 'aws-event-stream']);
const ATTEMPT = 1;

export function createExchangeRecording(
  deps: RecordingDeps,
  request: RecordedRequest,
  watch: SocketWatch,
  flow: { readonly pause: () => void; readonly resume: () => void },
): ExchangeRecording {
  const { clock, byteText } = deps;
  const originMs = clock.nowMs();
  const now = () => clock.nowMs() - originMs;
  const mask = createMask([...deps.secrets, ...credentials(request.headers)]);
  const body = createKeptBody(deps.maxRequestBytes);
  let started = false;
  let headMs: number | null = null;
  let firstByteMs: number | null = null;
  let status = 0;
  let answer: RecordedBody | null = null;

  const opening = createOpeningLog(deps.store, describe(request, mask, deps, clock.epochMs()), (log) => {
    deps.onOpened(log);
    return createRecorder({ log, byteText });
  });
  const pressure = createBackPressure({
    drained: opening.drained,
    pause: flow.pause,
    resume: flow.resume,
    onDrained: () => {},
    onError: (error) => deps.onFault('recording what passes through a tap', error),
  });

  const entry = (of: JournalEntry, atMs = now()) => {
    const safe = maskEntry(redactEntry(of), mask);
    opening.run((recorder) => recorder.entry(safe, atMs));
  };
  const timings = (): AttemptTimings => ({
    dnsMs: since(watch.dnsMs),
    connectMs: since(watch.connectMs),
    ...(watch.proxyMs === null ? {} : { proxyMs: since(watch.proxyMs) }),
    tlsMs: since(watch.tlsMs),
    headMs,
    firstByteMs,
  });
  const since = (atMs: number | null) => (atMs === null ? null : Math.max(0, atMs - originMs));
  const facts = () => {
    watch.sent = { head: request.head, body: body.text(), bodyBytes: body.bytes };
    return factsOf(watch, originMs);
  };

  /** Written when the body is known, which may be long after it began. */
  const start = () => {
    if (started) return;
    started = true;
    const { method, url, headers, lastEventId } = request;
    const why = `Passed on by the tap ${deps.tapName}`;
    entry(
      { kind: 'attempt-start', attempt: ATTEMPT, method, url, headers, body: body.text(), lastEventId, why },
      0,
    );
    if (body.cut)
      markNow({
        what: 'not-kept',
        message: `Of the body of the request, ${body.bytes.toLocaleString('en')} bytes, only ${body.keptWords()} is kept. All of it was passed on.`,
        event: null,
      });
  };
  const markNow: ExchangeRecording['mark'] = (mark) => entry({ kind: 'tap-mark', attempt: ATTEMPT, ...mark });

  const keep = (bytes: Uint8Array, atMs: number) => {
    opening.run((recorder) => {
      const { events } = recorder.read(bytes, atMs);
      if (events > 0) deps.onEvents(events);
    });
    pressure.took(bytes.length);
  };

  return {
    requestPayload: (bytes) => body.add(bytes),
    head(head) {
      start();
      headMs = now();
      status = head.status;
      watch.httpVersion = watch.httpVersion || head.version;
      const { framing } = readBodyAs('auto', head);
      const sized = headerValues(head.headers, 'content-length').length > 0;
      const isStream = framing !== null && (STREAMS.has(framing) || !sized);
      entry({
        kind: 'response-head',
        attempt: ATTEMPT,
        status,
        statusText: head.statusText,
        headers: head.headers,
        url: request.url,
        httpVersion: watch.httpVersion,
        remoteAddress: watch.remoteAddress,
        timings: timings(),
        accepted: framing !== null,
        ...(framing === null ? {} : { framing }),
        exchange: facts(),
      });
      opening.run((recorder) => recorder.beginBody(ATTEMPT, framing));
      const encodings = headerValues(head.headers, 'content-encoding');
      answer = createRecordedBody(encodings, isStream ? Infinity : deps.maxAnswerBytes, keep);
      return { framing, isStream };
    },
    payload(bytes, arrivedMs) {
      const atMs = arrivedMs - originMs;
      firstByteMs ??= atMs;
      answer?.push(bytes, atMs);
    },
    mark(mark) {
      start();
      markNow(mark);
    },
    async end({ how, failure, why }) {
      start();
      const endedMs = now();
      await answer?.end(endedMs);
      if (answer) opening.run((recorder) => void deps.onEvents(recorder.endBody(endedMs).events));
      const { wireBytes = 0, bodyBytes = 0, notKept = 0, failure: damage = null } = answer ?? {};
      if (notKept > 0)
        markNow({ what: 'not-kept', message: notKeptText(notKept, deps.maxAnswerBytes), event: null });
      if (damage)
        markNow({ what: 'not-kept', message: `${damage.message} It was passed on as it came.`, event: null });
      const refusal = status >= 400 && how === 'complete' ? readBodyAs('auto', headOf(status)).refusal : null;
      entry({
        kind: 'attempt-end',
        attempt: ATTEMPT,
        how: refusal ? 'refused' : how === 'complete' ? 'end-of-stream' : how,
        failure: failure ?? refusal,
        wireBytes,
        bodyBytes,
        timings: timings(),
        exchange: facts(),
      });
      const failed = how === 'failed' || refusal !== null;
      entry({
        kind: 'connection-closed',
        attempt: ATTEMPT,
        state: failed ? 'failed' : 'closed',
        why: refusal?.message ?? why,
      });
      await opening
        .finish(failed ? 'failed' : how === 'stopped' ? 'stopped' : 'ended')
        .catch((error: unknown) => {
          deps.onFault('finishing the session of a request through a tap', error);
        });
    },
  };
}

function notKeptText(bytes: number, maxBytes: number): string {
  const count = (number: number) => number.toLocaleString('en');
  return `${count(bytes)} bytes of the answer were passed on and are not kept: it is no stream, and of others ${count(maxBytes)} bytes are.`;
}

function headOf(status: number) {
  return { status, statusText: '', headers: [] };
}

/** Values of headers that are secrets, so that they are hidden wherever else they stand. */
function credentials(headers: readonly HeaderPair[]): string[] {
  return ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key', 'proxy-authorization'].flatMap((name) =>
    headerValues(headers, name).map((value) => value.replace(/^[A-Za-z][\w-]* +/, '')),
  );
}

function describe(request: RecordedRequest, mask: Mask, { tapName }: RecordingDeps, startedAt: number) {
  const start = redactEntry({
    kind: 'attempt-start',
    attempt: ATTEMPT,
    method: request.method,
    url: request.url,
    headers: [],
    body: '',
    lastEventId: '',
    why: '',
  });
  const url = mask(start.kind === 'attempt-start' ? start.url : '');
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*$/, '');
  return {
    name: `${request.method} ${path || '/'}`,
    method: request.method,
    url,
    endpointId: null,
    startedAt,
    origin: { kind: 'tap' as const, name: tapName },
  };
}
