/**
 * Performs the machine's effects for one connection and feeds it what happens: the only place where the machine, the network,
 * the recorder and the timers meet. It decides nothing about a connection. Arrival times are read by the port, before any wait;
 * a log that falls behind pauses the socket, so a slow disk becomes TCP back-pressure and not memory.
 */
import type { Clock, MonotonicMs } from '../../shared/base/clock.ts';
import { statusOf } from '../../shared/connection/connection-status.ts';
import { initialState, step } from '../../shared/connection/machine.ts';
import {
  EMPTY_TALLY,
  type MachineEffect,
  type MachineInput,
  type MachineState,
  type MachineTimer,
} from '../../shared/connection/machine-types.ts';
import type { Jitter } from '../../shared/connection/retry-policy.ts';
import { settingsOf, terminatorSet } from '../../shared/connection/reconnect-settings.ts';
import type { ConnectionStatus, RequestSpec } from '../../shared/connection/types.ts';
import type { SessionOutcome } from '../../shared/session/entry.ts';
import type { ReadOutcome, Recorder } from '../../shared/session/recorder.ts';
import { createStreamWatch } from '../../shared/session/stream-watch.ts';
import { transportTo } from '../../shared/connection/unix-address.ts';
import { createBackPressure } from './back-pressure.ts';
import type { ConnectionDriver } from './connection-driver.ts';
import { entryWithCookies, type RequestJar } from './cookie-jars.ts';
import { createEntryVeil } from './entry-veil.ts';
import type { HttpExchange, HttpListener, HttpPort } from './http-port.ts';

/** Calls back once after `delayMs`; returns the function that prevents it. */
export type Schedule = (callback: () => void, delayMs: number) => () => void;

export interface DriverOptions {
  readonly request: RequestSpec;
  /** Used while the request says so. */
  readonly jar?: RequestJar | null;
  readonly recorder: Recorder;
  readonly http: HttpPort;
  /** The clock that the port stamps arrivals with. The session's clock starts at 0 when the driver is created. */
  readonly clock: Clock;
  readonly jitter: Jitter;
  readonly schedule: Schedule;
  /** The whole status, each time it changes. */
  readonly onStatus: (status: ConnectionStatus) => void;
  /** Once, after the last status, when everything about the connection is recorded. */
  readonly onEnded: (outcome: Exclude<SessionOutcome, 'live'>) => void;
}

/** A last event ID or a size that changed is told this much later, so that a flood of them is no flood of statuses. */
const STATUS_MS = 250;

export function createDriver(options: DriverOptions): ConnectionDriver {
  const { recorder, clock } = options;
  const originMs = clock.nowMs();
  const timers = new Map<MachineTimer | 'status', () => void>();
  const inputs: MachineInput[] = [];
  let state: MachineState = initialState(options.request, options.http.codings);
  let stepping = false;
  const veil = createEntryVeil(options.request);
  let exchange: HttpExchange | null = null;
  /** The body that is being recorded, if any. */
  let body: { isRead: boolean; bytes: number } | null = null;
  /** The last event ID that the machine knows the recorder to have. */
  let fedId = recorder.lastEventId;
  /** When the last byte of body came, or could have come again. */
  let lastByteMs: MonotonicMs = 0;
  /** The body comes in a Content-Encoding: its sizes on the wire and decoded may differ. */
  let coded = false;
  const watch = createStreamWatch();
  recorder.watchFrames(watch.frame);

  const now = (): MonotonicMs => clock.nowMs() - originMs;
  const tally = () => exchange?.tally() ?? EMPTY_TALLY;
  const sizesDiffer = () => {
    const { wireBytes, bodyBytes } = tally();
    return wireBytes !== bodyBytes;
  };
  const currentId = () => (recorder.lastEventId === fedId ? state.lastEventId : recorder.lastEventId);
  const status = () =>
    statusOf(
      state,
      now(),
      clock.epochMs(),
      currentId(),
      body ? tally() : EMPTY_TALLY,
      !!body && watch.inBursts,
    );

  /** Gives inputs to the machine one after the other, those included that performing effects brings about. */
  const feed = (input: MachineInput): void => {
    inputs.push(input);
    if (stepping) return;
    stepping = true;
    for (let next = inputs.shift(); next; next = inputs.shift()) {
      const before = state;
      const result = step(state, next, now(), options.jitter);
      if (body && result.effects.some((effect) => effect.kind === 'abort')) {
        // What the end of the body says still counts for this decision, so it is made again with that.
        endBody();
        inputs.push(next);
        continue;
      }
      state = result.state;
      for (const effect of result.effects) perform(effect);
      if (state !== before) tellStatus(before);
    }
    stepping = false;
  };

  const tellStatus = (before: MachineState) => {
    cancel('status');
    const over = state.outcome !== null && before.outcome === null;
    if (over) exchange = null;
    options.onStatus(status());
    if (over && state.outcome) options.onEnded(state.outcome);
  };

  const jar = () => (state.request.cookies.jar ? (options.jar ?? null) : null);
  const perform = (effect: MachineEffect): void => {
    switch (effect.kind) {
      case 'record':
        stored(() => recorder.entry(veil.hide(entryWithCookies(effect.entry, jar())), now()));
        return;
      case 'open-request':
        pressure.begin();
        exchange = options.http.open(effect.message, listenerFor(effect.attempt), {
          limits: state.request.limits,
          transport: transportTo(state.request.url, state.request.transport),
          jar: jar(),
        });
        return;
      case 'begin-body':
        body = { isRead: effect.framing !== null, bytes: 0 };
        lastByteMs = now();
        if (effect.framing !== null) beginWatch();
        stored(() => recorder.beginBody(effect.attempt, effect.framing, state.request.limits.maxEventBytes));
        return;
      case 'abort':
        endBody();
        exchange?.abort();
        return;
      case 'set-last-event-id':
        recorder.takeUpFrom(effect.lastEventId);
        fedId = effect.lastEventId;
        return;
      case 'schedule':
        cancel(effect.timer);
        timers.set(
          effect.timer,
          options.schedule(() => fire(effect.timer), effect.delayMs),
        );
        return;
      case 'cancel-timer':
        cancel(effect.timer);
    }
  };

  const cancel = (timer: MachineTimer | 'status') => {
    timers.get(timer)?.();
    timers.delete(timer);
  };
  const fire = (timer: MachineTimer) => {
    timers.delete(timer);
    if (timer === 'watchdog') return look();
    endBody();
    feed({ kind: 'timer-fired', timer, tally: tally() });
  };

  /** While the log holds the stream up, silence is not the server's. */
  const look = () => {
    feed({ kind: 'watchdog-fired', lastByteMs: pressure.paused ? now() : lastByteMs, tally: tally() });
  };
  const beginWatch = () => {
    watch.begin(terminatorSet(settingsOf(state.request.reconnect, state.method).terminators));
  };
  const tellResume = (atEnd: boolean) => {
    const report = watch.news(atEnd);
    if (report) feed({ kind: 'resume-observed', attempt: state.attempt, report });
  };

  /** Runs something that stores; a failure ends the capture. */
  const stored = <T>(store: () => T): T | null => {
    try {
      return store();
    } catch (error) {
      storageFailed(error);
      return null;
    }
  };
  const storageFailed = (error: unknown) => {
    body = null;
    const message = error instanceof Error ? error.message : String(error);
    feed({ kind: 'storage-failed', message, tally: tally() });
  };

  /** Tells the machine what a read meant, if it can matter to it; `atEnd`: the body may be over. */
  const learn = (outcome: ReadOutcome | null, atEnd: boolean) => {
    if (!outcome) return;
    const id = recorder.lastEventId;
    const fruitful = outcome.events > 0 && state.fruitless > 0;
    const { complete } = watch;
    const matters = fruitful || outcome.retryMs !== null || (complete && !state.complete);
    if (!matters && !(atEnd && id !== fedId)) {
      if (id !== fedId) tellSoon();
      return;
    }
    const lastEventId = id === fedId ? null : id;
    fedId = id;
    const { events, retryMs } = outcome;
    feed({ kind: 'chunk-received', attempt: state.attempt, events, retryMs, lastEventId, complete });
  };

  const tellSoon = () => {
    if (!timers.has('status')) timers.set('status', options.schedule(tellNow, STATUS_MS));
  };
  const tellNow = () => {
    timers.delete('status');
    options.onStatus(status());
  };

  const endBody = () => {
    if (!body) return;
    const { isRead } = body;
    body = null;
    learn(
      stored(() => recorder.endBody(now())),
      true,
    );
    if (isRead) tellResume(true);
  };

  const pressure = createBackPressure({
    drained: recorder.drained,
    pause: () => exchange?.pause(),
    resume: () => exchange?.resume(),
    onDrained: () => (lastByteMs = now()),
    onError: storageFailed,
  });

  const listenerFor = (attempt: number): HttpListener => ({
    tokenUsed(tokenUrl, fresh, again) {
      const entry = { kind: 'token-used', attempt, tokenUrl, fresh, again } as const;
      if (attempt === state.attempt) stored(() => recorder.entry(veil.hide(entry), now()));
    },
    redirected: (status, from, to, hop) =>
      feed({ kind: 'redirect-followed', attempt, status, from, to, hop }),
    headReceived(head) {
      coded = head.headers.some(([name]) => name.toLowerCase() === 'content-encoding');
      feed({ kind: 'response-head-received', attempt, head, receivedEpochMs: clock.epochMs() });
    },
    bytesReceived(bytes, arrivedMs) {
      if (!body || attempt !== state.attempt) return;
      lastByteMs = Math.max(lastByteMs, arrivedMs - originMs);
      const outcome = stored(() => recorder.read(bytes, arrivedMs - originMs));
      if (!body) return;
      if (body.isRead) tellResume(false);
      if (!body) return;
      learn(outcome, outcome?.longEvent ?? false);
      if (body && outcome?.longEvent) feed({ kind: 'long-event-received', attempt, tally: tally() });
      if (!body) return;
      body.bytes += bytes.length;
      if (!body.isRead && body.bytes >= state.request.limits.maxRefusedBytes) {
        endBody();
        feed({ kind: 'refused-body-sufficed', attempt, tally: tally() });
        return;
      }
      const news = body.isRead && watch.read(lastByteMs, outcome?.events ?? 0);
      if (news || (coded && sizesDiffer())) tellSoon();
      pressure.took(bytes.length);
    },
    ended() {
      endBody();
      feed({ kind: 'stream-ended', attempt, tally: tally() });
    },
    failed(failure) {
      endBody();
      feed({ kind: 'request-failed', attempt, failure, tally: tally() });
    },
  });

  return {
    start: () => feed({ kind: 'started' }),
    stop(by, why) {
      endBody();
      feed({ kind: 'stop-requested', by, why, tally: tally() });
    },
    reconnectNow() {
      endBody();
      feed({ kind: 'reconnect-requested', tally: tally() });
    },
    steer: (action) => feed({ kind: 'steered', action, tally: tally() }),
    systemChanged: (change) => feed({ kind: 'system-changed', change, tally: tally() }),
    update(request) {
      veil.learn(request);
      feed({ kind: 'request-updated', request });
    },
    storageFailed,
    status,
  };
}
