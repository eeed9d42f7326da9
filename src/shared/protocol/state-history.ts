/**
 * A value that is shared by snapshots and JSON Patches (RFC 6902). Owns applying them: a patch is applied as a whole or not at
 * all, and the values before stay as they were. Only the patches are kept; a value of the past is made again when it is asked for.
 */
import { applyPatch } from 'rfc6902';
import { objectOf } from '../chat/json-read.ts';
import type { SharedState, StateChange } from './exchange.ts';
import { placeOf } from './exchange-tracker.ts';
import type { ProtocolInput } from './protocol.ts';

export interface StateHistory extends SharedState {
  readonly changes: StateChange[];
  /** A whole value. */
  snapshot(value: unknown, input: ProtocolInput, kind?: 'initial' | 'snapshot'): void;
  /** A patch. Gives the reason when it could not be applied, else null. */
  patch(patch: unknown, input: ProtocolInput): string | null;
}

export function createStateHistory(): StateHistory {
  const changes: StateChange[] = [];
  let current: unknown;
  /** Containers of the present value that were made here and that nobody has been given since: they may be changed in place. */
  let own = new WeakSet<object>();
  return {
    changes,
    get current() {
      own = new WeakSet();
      return current;
    },
    snapshot(value, input, kind = 'snapshot') {
      current = value;
      changes.push({ kind, value, failure: null, ...placeOf(input) });
    },
    patch(patch, input) {
      const { value, failure } = patched(current ?? {}, patch, own);
      if (failure === null) current = value;
      changes.push({ kind: 'delta', value: patch, failure, ...placeOf(input) });
      return failure;
    },
  };
}

/** The value after change number `index`; undefined before the first. Takes the patches since the last snapshot. */
export function stateAfter({ changes }: SharedState, index: number): unknown {
  let from = Math.min(index, changes.length - 1);
  while (from > 0 && changes[from]?.kind === 'delta') from -= 1;
  let value: unknown;
  const own = new WeakSet<object>();
  for (const change of changes.slice(Math.max(0, from), index + 1)) {
    if (change.kind !== 'delta') value = change.value;
    else if (change.failure === null) value = patched(value ?? {}, change.value, own).value;
  }
  return value;
}

interface Patched {
  readonly value: unknown;
  readonly failure: string | null;
}

/**
 * The value with the patch applied. The value itself is not touched: what an operation changes is copied along its path, but for
 * the containers in `own`, to which the copies are added. So a row of small patches on a large value costs what they change.
 */
export function patched(value: unknown, patch: unknown, own = new WeakSet<object>()): Patched {
  if (!Array.isArray(patch)) return { value, failure: 'The patch is not a list of operations.' };
  // One such operation is done whole or not at all. Anything else may fail half way, and then the value has to be there still.
  const mine = isAtomic(patch) ? own : new WeakSet<object>();
  // The library cannot replace the root, so the value stands in a holder.
  let holder: unknown = { root: value };
  for (const [at, item] of patch.entries()) {
    const operation = objectOf(item);
    const path = operation?.['path'];
    const from = operation?.['from'];
    if (!operation || !isPointer(path) || (from !== undefined && !isPointer(from))) {
      return { value, failure: `Operation ${at + 1} has no valid path.` };
    }
    const inHolder = {
      ...operation,
      path: `/root${path}`,
      ...(isPointer(from) ? { from: `/root${from}` } : {}),
    };
    holder = copiedAlong(holder, inHolder.path, mine);
    if (isPointer(from)) holder = copiedAlong(holder, `/root${from}`, mine);
    try {
      // The library checks the operation itself: an unknown one comes back as an error.
      const [error] = applyPatch(holder, [inHolder as never]);
      if (error)
        return {
          value,
          failure: `Operation ${at + 1} (${opName(operation['op'])} ${path}): ${reasonOf(error)}`,
        };
    } catch {
      return {
        value,
        failure: `Operation ${at + 1} (${opName(operation['op'])} ${path}) cannot be applied.`,
      };
    }
  }
  return { value: objectOf(holder)?.['root'], failure: null };
}

function isAtomic(patch: readonly unknown[]): boolean {
  const op = objectOf(patch[0])?.['op'];
  return patch.length === 1 && (op === 'add' || op === 'replace' || op === 'remove' || op === 'test');
}

function isPointer(value: unknown): value is string {
  return typeof value === 'string' && (value === '' || value.startsWith('/'));
}

function opName(op: unknown): string {
  return typeof op === 'string' ? op : 'unknown';
}

function reasonOf(error: Error): string {
  switch (error.name) {
    case 'MissingError':
      return 'there is nothing at this path.';
    case 'TestError':
      return 'the value is another one.';
    default:
      return 'it is not a valid operation.';
  }
}

/** The value with every container on the way of the pointer in `own`, the last one left out: it is replaced, not changed. */
function copiedAlong(value: unknown, pointer: string, own: WeakSet<object>): unknown {
  const keys = pointer
    .split('/')
    .slice(1, -1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const top = copied(value, own);
  let parent = top;
  for (const key of keys) {
    const holder = parent as Record<string, unknown>;
    if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, key)) break;
    holder[key] = copied(holder[key], own);
    parent = holder[key];
  }
  return top;
}

function copied(value: unknown, own: WeakSet<object>): unknown {
  if (typeof value !== 'object' || value === null || own.has(value)) return value;
  const copy: object = Array.isArray(value) ? (value.slice() as unknown[]) : { ...value };
  own.add(copy);
  return copy;
}
