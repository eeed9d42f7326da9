/**
 * Answers one request with a recording: finds out which attempt it is and where it goes on, lets the fault plan have its say about
 * the head, and plays the body.
 */
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { describeFault } from '../../shared/faults/describe-fault.ts';
import { createFaultMeddler } from '../../shared/faults/fault-meddler.ts';
import { faultyHead } from '../../shared/faults/fault-head.ts';
import type { FaultPlan } from '../../shared/faults/fault.ts';
import type { Chain } from '../../shared/replay/client-chain.ts';
import { hasBody, headForReplay, type ReplayHead } from '../../shared/replay/head-for-replay.ts';
import { createPlayback } from '../../shared/replay/playback.ts';
import type { ReplayOptions } from '../../shared/replay/replay-options.ts';
import type { Take } from '../../shared/replay/takes.ts';
import { crossOriginHeaders } from './cross-origin.ts';
import { perform } from './perform.ts';
import { playActions } from './play-actions.ts';
import type { Recording } from './recording.ts';
import type { ServedClient } from './replay-client.ts';

export interface Serving {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly recording: Recording;
  readonly plan: FaultPlan;
  readonly options: ReplayOptions;
  readonly chain: Chain;
  readonly client: ServedClient;
  readonly lastEventId: string;
  readonly signal: AbortSignal;
  /** Something about the client changed. */
  readonly onChange: () => void;
}

/** Resolves when the answer is over; rejects when the client leaves, or the recording cannot be read. */
export async function serveRequest(serving: Serving): Promise<void> {
  const { request, response, recording, plan, options, chain, client, signal } = serving;
  const { attempt } = chain;
  const all = await recording.takes();
  const each = options.attempts === 'each';
  const takes = each ? all.each.slice(attempt - 1, attempt) : all.whole;
  const [first] = takes;
  const start = each ? BEGINNING : await startOf(serving, takes);

  const bodyBytes = recording.bytesAfter(start.offset);
  const recorded = headForReplay(first?.head ?? null, first?.framing ?? 'sse');
  const path = request.url ?? '/';
  const { head, body, applied } = faultyHead(plan, recorded, { path, attempt, bodyBytes });
  for (const at of applied) tellFault(serving, at, 0);
  if (first && options.speed !== 'instant' && !client.clock.isHeld)
    await client.clock.until((first.headMs - first.startMs) / factor(options), signal);
  client.clock.restart();

  if (body !== null) return answerShort(serving, head, body);
  if (!first || start.isAtEnd) {
    client.note = first ? 'Nothing is left after its Last-Event-ID' : 'It had all attempts of the recording';
    return answerShort(serving, { status: 204, statusText: 'No Content', headers: [] }, '');
  }
  writeHead(serving, head);
  if (request.method === 'HEAD' || !hasBody(head.status)) {
    response.end();
    client.state = 'answered';
    return;
  }
  response.flushHeaders();
  await playBody(serving, takes, start);
}

interface Start {
  readonly seq: number;
  readonly eventNumber: number;
  /** On the recording's clock; null: its head. */
  readonly atMs: number | null;
  readonly offset: number;
  readonly isAtEnd: boolean;
  /** The Last-Event-ID is not in the recording. */
  readonly isUnknownId: boolean;
}

const BEGINNING: Start = {
  seq: 0,
  eventNumber: 0,
  atMs: null,
  offset: 0,
  isAtEnd: false,
  isUnknownId: false,
};

/** Behind the Last-Event-ID; at the beginning when there is none, or the recording does not know it. */
async function startOf(
  { recording, options, chain, lastEventId }: Serving,
  takes: readonly Take[],
): Promise<Start> {
  if (lastEventId === '') return BEGINNING;
  const known = chain.resume?.id === lastEventId ? chain.resume : null;
  const point = known ?? (await recording.findId(takes, lastEventId));
  if (!point) return { ...BEGINNING, isUnknownId: true };
  const seq = point.seq + 1;
  const offset = await recording.offsetOf(takes, seq);
  const isAtEnd = offset === null && !options.loop;
  const { eventNumber, atMs } = point;
  return { seq, eventNumber, atMs, offset: offset ?? 0, isAtEnd, isUnknownId: false };
}

async function playBody(serving: Serving, takes: readonly Take[], start: Start): Promise<void> {
  const { response, recording, plan, options, chain, client, signal } = serving;
  const headMs = takes[0]?.headMs ?? 0;
  if (start.isUnknownId) client.note = 'Its Last-Event-ID is not in the recording: played from the beginning';
  const playback = createPlayback({
    speed: options.speed,
    cut: options.cut,
    maxGapMs: options.maxGapMs,
    startMs: start.atMs ?? headMs,
    meddler: createFaultMeddler(plan, chain.attempt),
  });
  const actions = playActions(playback, {
    takes,
    start,
    frames: (from) => recording.frames(takes, from),
    loop: options.loop,
    onRound: (round) => (client.round = round),
  });
  let brokeOff = false;
  const how = await perform(actions, {
    response,
    clock: client.clock,
    signal,
    onWrite({ bytes, completes }) {
      client.sentBytes += bytes.length;
      for (const { seq, eventNumber, id, record } of completes) {
        if (eventNumber > 0) client.sentEvents += 1;
        client.positionMs = Math.max(0, record.atMs - headMs);
        if (id !== null && id !== '') chain.resume = { id, seq, eventNumber, atMs: record.atMs };
      }
      serving.onChange();
    },
    onFault(at, atMs) {
      brokeOff ||= ENDING.has(plan.faults[at]?.action.kind ?? 'drop');
      tellFault(serving, at, atMs);
    },
    onSilence() {
      client.state = 'silent';
      serving.onChange();
    },
  });
  chain.isDone = !brokeOff && (options.attempts === 'whole' || (await isLastTake(serving)));
  client.state = how === 'complete' && !brokeOff ? 'done' : 'broken';
  if (how === 'cut') client.note = 'The connection was closed in the middle of the body';
  if (how === 'reset') client.note = 'The connection was reset';
}

const ENDING: ReadonlySet<string> = new Set(['reset', 'close', 'truncate']);

async function isLastTake({ recording, chain }: Serving): Promise<boolean> {
  return chain.attempt >= (await recording.takes()).each.length;
}

function tellFault({ plan, client }: Serving, at: number, atMs: number): void {
  const fault = plan.faults[at];
  if (fault) client.applied({ text: describeFault(fault), atMs });
}

function answerShort(serving: Serving, head: ReplayHead, body: string): void {
  const bytes = Buffer.from(body);
  const length = hasBody(head.status) ? [['content-length', String(bytes.length)] as const] : [];
  writeHead(serving, { ...head, headers: [...head.headers, ...length] });
  serving.response.end(hasBody(head.status) && serving.request.method !== 'HEAD' ? bytes : undefined);
  serving.client.state = 'answered';
}

function writeHead({ request, response, options, client }: Serving, head: ReplayHead): void {
  client.status = head.status;
  const recorded = options.cors
    ? head.headers.filter(([name]) => !name.toLowerCase().startsWith('access-control-'))
    : head.headers;
  for (const [name, value] of [...recorded, ...(options.cors ? crossOriginHeaders(request) : [])]) {
    // What an older capture has in a header, and no header may have.
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) continue;
    response.appendHeader(name, value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?'));
  }
  response.statusCode = head.status;
  response.statusMessage = head.statusText.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?');
  if (response.statusMessage === '') response.statusMessage = STATUS_CODES[head.status] ?? '';
}

function factor({ speed }: ReplayOptions): number {
  return typeof speed === 'number' ? speed : 1;
}
