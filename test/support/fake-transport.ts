/**
 * A transport for tests of the window: it answers from the handlers it was given, with the real parsers and the real envelope,
 * and copies what crosses as Electron does. Commands without a handler are refused, by name.
 */
import { createDispatcher } from '../../src/shared/ipc/dispatcher.ts';
import {
  commands,
  type Args,
  type CommandName,
  type FeedName,
  type Handlers,
  type Payload,
  type Result,
  type Transport,
} from '../../src/shared/ipc/contract.ts';

export interface FakeCall {
  readonly name: string;
  readonly args: unknown;
}

export interface FakeTransport extends Transport {
  /** Every call so far, in order. */
  readonly calls: readonly FakeCall[];
  /** Sets or replaces the answer to a command. */
  answer<N extends CommandName>(name: N, handler: (args: Args<N>) => Result<N> | Promise<Result<N>>): void;
  /** Sends a feed to every subscriber. */
  emit<N extends FeedName>(name: N, payload: Payload<N>): void;
  /** Subscriptions that have not ended. */
  readonly subscriberCount: number;
}

export function createFakeTransport(answers: Partial<Handlers> = {}): FakeTransport {
  const handlers = new Map<string, (args: never) => unknown>(Object.entries(answers));
  const calls: FakeCall[] = [];
  const listeners = new Set<(name: string, payload: unknown) => void>();

  const all = Object.fromEntries(
    Object.keys(commands).map((name) => [
      name,
      (args: never) => {
        const handler = handlers.get(name);
        if (!handler) throw new Error(`The fake transport has no answer to "${name}"`);
        return handler(args);
      },
    ]),
  ) as unknown as Handlers;
  const dispatch = createDispatcher(all, () => {});

  return {
    calls,
    answer: (name, handler) => void handlers.set(name, handler),
    emit(name, payload) {
      for (const listener of [...listeners]) listener(name, structuredClone(payload));
    },
    get subscriberCount() {
      return listeners.size;
    },
    async invoke(name, args) {
      const copy = structuredClone(args);
      calls.push({ name, args: copy });
      return structuredClone(await dispatch(name, copy));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
