/** The bridge between a session's completions and exchanges and Svelte: tells that something changed, at most once a frame. */
import { createSubscriber } from 'svelte/reactivity';
import type { Completion } from '../../shared/chat/completion.ts';
import type { AnyDialect } from '../../shared/chat/registry.ts';
import type { Exchange } from '../../shared/protocol/exchange.ts';
import type { Client } from '../../shared/ipc/contract.ts';
import { createCompletionReader, type SeenEvents } from './completion-reader.ts';
import { createFrameGate } from './frame-gate.ts';

/** Everything here is reactive; completions share their texts with the fold, so read them when told, not later. */
export interface CompletionFeed {
  readonly completions: readonly Completion[];
  readonly exchanges: readonly Exchange[];
  readonly cursor: number;
  readonly gaveUp: boolean;
  readonly paused: boolean;
  readonly seen: SeenEvents;
  readonly error: string | null;
  advance(total: number, ended: boolean): void;
  readOn(): void;
  pause(): void;
  dispose(): void;
}

/** `dialects`: only these are asked; null for all. */
export function createCompletionFeed(
  client: Client,
  sessionId: string,
  dialects: readonly AnyDialect[] | null = null,
): CompletionFeed {
  const listeners = new Set<() => void>();
  const reader = createCompletionReader({
    ...(dialects && { dialects }),
    readRun: (fromSeq, maxBytes) => client.call('session:frames', { sessionId, fromSeq, maxBytes }),
    readJournal: () => client.call('session:journal', { sessionId }),
    onChange() {
      for (const listener of listeners) listener();
    },
  });
  const subscribe = createSubscriber((update) => {
    const gate = createFrameGate(update);
    listeners.add(gate.touch);
    return () => {
      listeners.delete(gate.touch);
      gate.dispose();
    };
  });
  return {
    get completions() {
      subscribe();
      return reader.completions();
    },
    get exchanges() {
      subscribe();
      return reader.exchanges();
    },
    get cursor() {
      subscribe();
      return reader.cursor;
    },
    get gaveUp() {
      subscribe();
      return reader.gaveUp;
    },
    get paused() {
      subscribe();
      return reader.paused;
    },
    get seen() {
      subscribe();
      return reader.seen;
    },
    get error() {
      subscribe();
      return reader.error;
    },
    advance: reader.advance,
    readOn: reader.readOn,
    pause: reader.pause,
    dispose: reader.dispose,
  };
}
