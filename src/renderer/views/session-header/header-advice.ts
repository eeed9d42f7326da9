/** What a connection that is not open needs to say, and what can be done about it. Pure. */
import type { ConnectionStatus, Failure } from '../../../shared/connection/types.ts';
import type { NumberedJournalEntry, SessionOutcome } from '../../../shared/session/entry.ts';
import { doubtfulReading, lastHead } from '../../../shared/session/wrong-type.ts';

/** Steps that the header offers as buttons. */
export type NextStep =
  'resume' | 'reconnect-now' | 'connect' | 'edit-headers' | 'show-connection' | 'show-answer' | 'read-as-sse';

export interface Advice {
  readonly tone: 'plain' | 'warn' | 'bad';
  readonly text: string;
  readonly steps: readonly NextStep[];
}

const IN_BURSTS =
  'Events come several at a time, after silent gaps. If the server sends them one by one, a proxy on the way holds them back: answer with the header X-Accel-Buffering: no, or set proxy_buffering off in nginx.';

/** The line below the state; null when there is nothing to say. */
export function adviceOn(
  outcome: SessionOutcome,
  status: ConnectionStatus | null,
  journal: readonly NumberedJournalEntry[],
): Advice | null {
  if (status?.state === 'waiting' && status.waiting)
    return status.paused
      ? { tone: 'warn', text: pausedText(status), steps: ['resume', 'reconnect-now', 'show-connection'] }
      : { tone: 'warn', text: status.waiting.why, steps: ['reconnect-now', 'show-connection'] };
  const doubt = doubtfulReading(lastHead(journal));
  const isUnderWay = status !== null && status.state !== 'closed' && status.state !== 'failed';
  if (doubt !== null && (isUnderWay ? status.state === 'open' : outcome === 'ended'))
    return { tone: 'warn', text: doubt, steps: ['read-as-sse'] };
  if (status?.paused && status.state === 'open')
    return { tone: 'warn', text: 'Reconnecting is paused for when this stream ends.', steps: ['resume'] };
  if (status?.inBursts && status.state === 'open') return { tone: 'warn', text: IN_BURSTS, steps: [] };
  if (isUnderWay) return null;
  const text = status?.reason ?? lastReason(journal);
  const failure = status ? status.failure : lastFailure(journal);
  if (status?.state === 'failed' || outcome === 'failed') {
    const said = failure && !text.includes(failure.message) ? failure.message : text;
    return { tone: 'bad', text: said || text, steps: stepsAfter(failure) };
  }
  if (outcome === 'interrupted')
    return { tone: 'warn', text: text || 'Streamscope ended while this was being recorded.', steps: [] };
  // The word says it already.
  if (outcome === 'stopped') return null;
  return text === '' ? null : { tone: 'plain', text, steps: [] };
}

/** A wait that was paused had its delay told; what counts now is that it waits for the user. */
function pausedText({ reason }: ConnectionStatus): string {
  const what = reason === '' ? '' : `${reason.replace(/\.$/, '')}. `;
  return `${what}Reconnecting is paused.`;
}

function stepsAfter(failure: Failure | null): readonly NextStep[] {
  switch (failure?.code) {
    case 'http-status':
      return /\b(401|403)\b/.test(failure.message) ? ['edit-headers', 'show-answer'] : ['show-answer'];
    case 'content-type':
      return ['read-as-sse', 'show-answer', 'edit-headers'];
    case 'invalid-request':
    case 'disk':
      return ['show-connection'];
    default:
      return ['connect', 'show-connection'];
  }
}

function lastReason(journal: readonly NumberedJournalEntry[]): string {
  for (const { entry } of [...journal].reverse()) if (entry.kind === 'connection-closed') return entry.why;
  return '';
}

function lastFailure(journal: readonly NumberedJournalEntry[]): Failure | null {
  for (const { entry } of [...journal].reverse()) if (entry.kind === 'attempt-end') return entry.failure;
  return null;
}
