/** What faults make of the head of an answer. */
import type { HeaderPair } from '../session/entry.ts';
import type { ReplayHead } from '../replay/head-for-replay.ts';
import { chanceAt } from './chance.ts';
import { inRanges } from './conditions.ts';
import type { Fault, FaultPlan } from './fault.ts';

export interface HeadRequest {
  /** With the query, as it was asked for. */
  readonly path: string;
  readonly attempt: number;
  /** Bytes of the body that are to come. */
  readonly bodyBytes: number;
}

export interface FaultyHead {
  readonly head: ReplayHead;
  /** Instead of the stream; null: the stream follows. */
  readonly body: string | null;
  /** Numbers of the faults that had a say. */
  readonly applied: readonly number[];
}

export function faultyHead(plan: FaultPlan, head: ReplayHead, request: HeadRequest): FaultyHead {
  const applied: number[] = [];
  let result = head;
  for (const [at, fault] of plan.faults.entries()) {
    if (!happens(plan, at, fault, request)) continue;
    const { action } = fault;
    switch (action.kind) {
      case 'status': {
        const wait: HeaderPair[] = action.retryAfter === null ? [] : [['retry-after', action.retryAfter]];
        const headers: HeaderPair[] = [['content-type', bodyType(action.body)], ...wait];
        const answer = { status: action.status, statusText: '', headers };
        return { head: answer, body: action.body, applied: [...applied, at] };
      }
      case 'redirect': {
        // Whoever comes where it leads has been redirected.
        if (pathOf(action.to) === request.path) break;
        const answer: ReplayHead = {
          status: action.status,
          statusText: '',
          headers: [['location', action.to]],
        };
        return { head: answer, body: '', applied: [...applied, at] };
      }
      case 'content-type':
        applied.push(at);
        result = withHeader(result, 'content-type', action.type);
        break;
      case 'truncate':
        if (action.how === 'short-length')
          result = withHeader(result, 'content-length', String(request.bodyBytes + 1));
        break;
      default:
    }
  }
  return { head: result, body: null, applied };
}

function happens(plan: FaultPlan, at: number, { when }: Fault, { attempt }: HeadRequest): boolean {
  if (!inRanges(when.attempts, attempt)) return false;
  return when.chance === null || chanceAt(plan.seed, at, attempt) < when.chance;
}

function withHeader(head: ReplayHead, name: string, value: string): ReplayHead {
  const others = head.headers.filter(([other]) => other.toLowerCase() !== name);
  return { ...head, headers: [[name, value], ...others] };
}

function bodyType(body: string): string {
  return /^\s*[[{]/.test(body) ? 'application/json' : 'text/plain; charset=utf-8';
}

function pathOf(address: string): string {
  return address.replace(/^https?:\/\/[^/?#]*/, '').replace(/#.*$/, '') || '/';
}
