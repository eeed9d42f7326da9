/** A request as it goes on to the server, and the trace that it leaves. */
import type { HeaderPair } from '../../shared/session/entry.ts';
import {
  fieldValues,
  headerPairs,
  parseHead,
  requestLine,
  type MessageHead,
} from '../../shared/tap/http1-head.ts';
import { passedRequest } from '../../shared/tap/passed-head.ts';
import { passedTarget } from '../../shared/tap/target-url.ts';
import type { TapAction } from '../../shared/tap/tap-rule.ts';
import type { SocketWatch } from '../connections/socket-watch.ts';
import { textOf } from '../connections/sent-bytes.ts';
import type { ExchangeTrace } from './exchange-trace.ts';
import type { PassageDeps } from './passage-deps.ts';
import type { RuledBody } from './ruled-body.ts';
import type { UpstreamWay } from './upstream-way.ts';

export interface Exchange {
  readonly trace: ExchangeTrace;
  readonly method: string;
  /** Of the client: "HTTP/1.1". */
  readonly version: string;
  readonly path: string;
  /** The head for the server. */
  readonly head: (forwarder: UpstreamWay['forwarder']) => Uint8Array;
  /** A rule answers in place of the server. */
  readonly answer: Extract<TapAction, { readonly kind: 'answer' }> | null;
  requestDone: boolean;
  responseDone: boolean;
  headSeen: boolean;
  ruled: RuledBody | null;
}

export function startExchange(
  deps: PassageDeps,
  request: MessageHead,
  path: string,
  watch: SocketWatch,
  flow: { readonly pause: () => void; readonly resume: () => void },
): Exchange {
  const { target, token, rules } = deps;
  const { method, version } = requestLine(request);
  const identity = rules.forEvents(path).length > 0;
  const head = (forwarder: UpstreamWay['forwarder']) =>
    passedRequest(request, { target, path, token, forwarder, identity });
  const text = head(null);
  const trace = deps.begin(
    {
      method,
      url: target.origin + passedTarget(target, path),
      path,
      headers: readable(parseHead(text)),
      head: textOf(Buffer.from(text, 'latin1')),
      lastEventId: fieldValues(request, 'last-event-id').at(-1) ?? '',
    },
    watch,
    flow,
  );
  if (identity)
    trace.mark({
      what: 'identity-asked',
      message: 'The server was asked not to compress its answer, because rules look at its events.',
      event: null,
    });
  const answer = rules.answer(path);
  if (answer) {
    trace.mark({
      what: 'answered',
      message: `A rule answered ${answer.status}. The request did not reach the server.`,
      event: null,
      ...(answer.body === '' ? {} : { sent: answer.body }),
    });
    trace.answered(answer.status);
  }
  return {
    trace,
    method,
    version,
    path,
    head: (forwarder) => Buffer.from(forwarder ? head(forwarder) : text, 'latin1'),
    answer,
    requestDone: false,
    responseDone: false,
    headSeen: false,
    ruled: null,
  };
}

/** Header pairs for people: a head is read as one character a byte, and most who write more mean UTF-8. */
export function readable(head: MessageHead): HeaderPair[] {
  return headerPairs(head).map(([name, value]) => [name, textOf(Buffer.from(value, 'latin1'))]);
}
