/**
 * The window's side of the contract: typed calls and feeds over any transport. Owns nothing but its listeners; there is one
 * subscription to the transport however many listeners there are, because each one costs a copy of every payload.
 */
import type { Client, FeedName, Payload, Transport } from './contract.ts';
import { CodedError, type ErrorBody } from './envelope.ts';

type Listener = (payload: unknown) => void;

/** Makes the client. Calls reject with `CodedError`; a refusal by main keeps its code. */
export function createClient(transport: Transport): Client {
  const listeners = new Map<string, Set<Listener>>();
  let unsubscribe: (() => void) | null = null;

  function deliver(name: string, payload: unknown): void {
    const errors: unknown[] = [];
    for (const listener of [...(listeners.get(name) ?? [])]) {
      try {
        listener(payload);
      } catch (error) {
        // One broken listener must not keep the others from hearing; it is thrown on when all have.
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }

  return {
    async call(name, ...args) {
      // The envelope was made by the dispatcher of the same contract, so its value has the command's result type.
      return openEnvelope(name, await transport.invoke(name, args[0])) as never;
    },
    on<N extends FeedName>(name: N, listener: (payload: Payload<N>) => void) {
      // A wrapper, so that the same function may listen twice and each end ends its own subscription.
      const entry: Listener = (payload) => listener(payload as Payload<N>);
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(entry));
      unsubscribe ??= transport.subscribe(deliver);
      return () => {
        set.delete(entry);
        if (set.size === 0 && listeners.get(name) === set) listeners.delete(name);
        if (listeners.size > 0) return;
        unsubscribe?.();
        unsubscribe = null;
      };
    },
  };
}

function openEnvelope(name: string, answer: unknown): unknown {
  if (typeof answer === 'object' && answer !== null && 'ok' in answer) {
    if (answer.ok === true && 'value' in answer) return answer.value;
    if (answer.ok === false && 'error' in answer) {
      const error = answer.error as ErrorBody;
      throw new CodedError(error.code, error.message);
    }
  }
  throw new CodedError('internal', `The answer to "${name}" could not be read.`);
}
