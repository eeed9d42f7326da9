/** Performs the actions of an answer on its socket, each when it is due, and no faster than the client reads. */
import type { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { assertNever } from '../../shared/base/assert.ts';
import type { PlayAction, PlayEnd } from '../../shared/replay/playback.ts';
import type { Write } from '../../shared/replay/cutter.ts';
import type { ClientClock } from './client-clock.ts';

export interface Performance {
  readonly response: ServerResponse;
  readonly clock: ClientClock;
  /** Aborted when the client has gone, or the replay stops. */
  readonly signal: AbortSignal;
  readonly onWrite: (write: Write) => void;
  readonly onFault: (fault: number, atMs: number) => void;
  readonly onSilence: () => void;
}

/** Resolves with how the answer ended; rejects when the client leaves before that. */
export async function perform(actions: AsyncIterable<PlayAction>, by: Performance): Promise<PlayEnd | null> {
  const { response, clock, signal } = by;
  for await (const action of actions) {
    switch (action.do) {
      case 'write':
        await clock.until(action.atMs, signal);
        await write(response, action.bytes, signal);
        by.onWrite(action);
        break;
      case 'fault':
        by.onFault(action.fault, action.atMs);
        break;
      case 'hang':
        by.onSilence();
        await untilAborted(signal);
        break;
      case 'end':
        await clock.until(action.atMs, signal);
        await end(response, action.how, signal);
        return action.how;
      default:
        assertNever(action, 'action');
    }
  }
  return null;
}

async function write(response: ServerResponse, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  const hasRoom = response.write(bytes);
  // Node sends what is written in one turn of the event loop as one: each write shall be one of the socket too.
  await turn();
  if (!hasRoom && response.writableNeedDrain) await untilDrained(response, signal);
}

async function end(response: ServerResponse, how: PlayEnd, signal: AbortSignal): Promise<void> {
  const { socket } = response;
  // A body that is shorter than its Content-Length cannot end properly.
  const isShort = response.hasHeader('content-length');
  if ((how === 'complete' && !isShort) || !socket) {
    response.end();
    return;
  }
  // What was written before must arrive: only then the connection breaks.
  if (response.writableNeedDrain) await untilDrained(response, signal);
  if (how !== 'reset') socket.destroySoon();
  else {
    await new Promise<void>((resolve) => socket.write('', () => resolve()));
    socket.resetAndDestroy();
  }
}

function untilDrained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      response.off('drain', drained);
      signal.removeEventListener('abort', aborted);
    };
    const drained = (): void => {
      finish();
      resolve();
    };
    const aborted = (): void => {
      finish();
      reject(new Error('The client has gone'));
    };
    response.once('drain', drained);
    signal.addEventListener('abort', aborted, { once: true });
  });
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const aborted = (): void => reject(new Error('The client has gone'));
    if (signal.aborted) aborted();
    else signal.addEventListener('abort', aborted, { once: true });
  });
}
