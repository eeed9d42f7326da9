/** A samples server whose time passes at once, and a client that reads its streams. */
import { setImmediate as turn } from 'node:timers/promises';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { framingOfType } from '../../../src/shared/connection/body-rules.ts';
import { createBodyReader } from '../../../src/shared/sse/body-reader.ts';
import type { SamplePace } from '../../../src/main/samples/sample-route.ts';
import { createSamplesServer, type SamplesServer } from '../../../src/main/samples/samples-server.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** Sleeping takes one turn of the event loop and moves the clock by what was asked for. */
export function instantPace(): SamplePace {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    epochMs: () => Date.UTC(2026, 5, 1) + nowMs,
    async sleep(ms, signal) {
      signal.throwIfAborted();
      nowMs += ms;
      await turn();
      signal.throwIfAborted();
    },
    random: seededRandom(7),
  };
}

const servers: SamplesServer[] = [];

export async function startSamples(pace: SamplePace = instantPace()): Promise<string> {
  const server = createSamplesServer({ pace });
  servers.push(server);
  return (await server.start()).origin;
}

export async function stopSamples(): Promise<void> {
  for (const server of servers.splice(0)) await server.stop();
}

export interface StreamEvent {
  readonly type: string;
  readonly data: string;
  readonly id: string | null;
}

export interface StreamSeen {
  readonly response: Response;
  readonly events: readonly StreamEvent[];
  readonly comments: readonly string[];
  readonly retry: number | null;
  readonly lastEventId: string;
  readonly bytes: Uint8Array;
  /** How the body was left: by the server's end, by a broken connection, or by us when we had seen enough. */
  readonly how: 'end' | 'broken' | 'enough';
}

/** Reads a stream until it ends, or until `enough` says so after an event. */
export async function readStream(
  url: string,
  init: RequestInit = {},
  enough: (events: readonly StreamEvent[]) => boolean = () => false,
): Promise<StreamSeen> {
  const leaving = new AbortController();
  const response = await fetch(url, { ...init, signal: leaving.signal });
  const events: StreamEvent[] = [];
  const comments: string[] = [];
  const chunks: Uint8Array[] = [];
  let retry: number | null = null;
  const reader = createBodyReader({
    byteText: createNodeByteText(),
    onFrame(frame) {
      comments.push(...frame.comments);
      retry = frame.retryMs ?? retry;
      if (frame.kind === 'event')
        events.push({ type: frame.eventType ?? '', data: frame.data, id: frame.id });
    },
    onExtend() {},
  });
  reader.begin(0, framingOfType([...response.headers]));
  let how: StreamSeen['how'] = 'end';
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      reader.push(chunk);
      if (enough(events)) {
        how = 'enough';
        break;
      }
    }
  } catch {
    how = 'broken';
  }
  leaving.abort();
  reader.end();
  const { lastEventId } = reader;
  return { response, events, comments, retry, lastEventId, bytes: Buffer.concat(chunks), how };
}

export function postJson(url: string, value: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof value === 'string' ? value : JSON.stringify(value),
  });
}
