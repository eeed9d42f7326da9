/** An attempt in words and shapes. Pure. */
import { assertNever } from '../../../shared/base/assert.ts';
import type { AttemptRecord } from '../../../shared/session/attempts.ts';
import type { StateWord } from '../../state/connections-words.ts';
import { bytesText, durationText } from '../../ui/measures.ts';

/** Where it is or how it ended. */
export function wordOfAttempt(attempt: AttemptRecord, live: boolean): StateWord {
  const end = attempt.end?.entry;
  if (!end) {
    if (!live) return { shape: 'interrupted', word: 'Interrupted' };
    return attempt.head ? { shape: 'open', word: 'Open' } : { shape: 'connecting', word: 'Connecting' };
  }
  switch (end.how) {
    case 'end-of-stream':
      return { shape: 'closed', word: 'Ended by the server' };
    case 'refused':
      return { shape: 'failed', word: 'Refused' };
    case 'failed':
      return { shape: 'failed', word: attempt.head ? 'Broken off' : 'Failed' };
    case 'stopped':
      return { shape: 'stopped', word: 'Stopped' };
    default:
      return assertNever(end.how, 'end of an attempt');
  }
}

/** What was decided when it ended, as a sentence; "" when nothing was, yet. What the failure says is not said again. */
export function decisionText(attempt: AttemptRecord): string {
  const decision = attempt.decision?.entry;
  if (!decision) return '';
  const said = attempt.end?.entry.failure?.message ?? '';
  const why = (said !== '' ? decision.why.replace(said, '') : decision.why).trim();
  if (why !== '') return why;
  return decision.kind === 'connection-closed'
    ? 'This is final: no other attempt is made.'
    : `Connecting again in ${durationText(decision.delayMs)}.`;
}

/** How much body there is, and how little it was on the way where it was compressed. */
export function sizesText(sizes: { readonly wireBytes: number; readonly bodyBytes: number }): string {
  const { wireBytes, bodyBytes } = sizes;
  const packed = wireBytes === bodyBytes ? '' : ` from ${bytesText(wireBytes)} on the wire`;
  return `${bytesText(bodyBytes)} of body${packed}`;
}
