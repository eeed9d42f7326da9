/** What a connection through a tap needs from the tap. */
import type { ByteText } from '../../shared/sse/byte-text.ts';
import type { RuleBook } from '../../shared/tap/rule-book.ts';
import type { TapSpec } from '../../shared/tap/tap-spec.ts';
import type { TapTarget } from '../../shared/tap/target-url.ts';
import type { SocketWatch } from '../connections/socket-watch.ts';
import type { ExchangeTrace, TracedRequest } from './exchange-trace.ts';
import type { HeldEvents } from './held-events.ts';
import type { OpenUpstream } from './upstream-way.ts';

export interface PassageDeps {
  /** As it is now. */
  readonly spec: () => TapSpec;
  readonly target: TapTarget;
  /** null: none is wanted. */
  readonly token: string | null;
  /** What programs are given as their base URL. */
  readonly address: () => string;
  readonly byteText: ByteText;
  readonly nowMs: () => number;
  readonly rules: RuleBook;
  readonly holds: HeldEvents;
  readonly openUpstream: OpenUpstream;
  /** A request is going to pass. */
  readonly begin: (
    request: TracedRequest,
    watch: SocketWatch,
    flow: { readonly pause: () => void; readonly resume: () => void },
  ) => ExchangeTrace;
  /** A request was not let through. */
  readonly onRefused: (method: string, target: string, status: number) => void;
}
