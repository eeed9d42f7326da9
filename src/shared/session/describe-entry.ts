/** One sentence about a journal entry, for rows and lists. Plain text: what it quotes came from outside. */
import { assertNever } from '../base/assert.ts';
import { FRAMING_LABELS } from '../sse/framing.ts';
import type { DelaySource } from '../connection/types.ts';
import type { AttemptEndEntry, JournalEntry, ResponseHeadEntry, RetryScheduledEntry } from './entry.ts';
import { describeResume } from './resume-words.ts';

export function describeEntry(entry: JournalEntry): string {
  switch (entry.kind) {
    case 'attempt-start': {
      const resume = entry.lastEventId === '' ? '' : `, Last-Event-ID: ${entry.lastEventId}`;
      return `Attempt ${entry.attempt}: ${entry.method} ${entry.url}${resume}`;
    }
    case 'token-used': {
      const token = `access token from ${entry.tokenUrl}`;
      if (entry.again) return `The token was refused (401): asked again with a new ${token}`;
      return entry.fresh ? `Fetched an ${token}` : `Used the ${token} that was fetched before`;
    }
    case 'redirect':
      return `Redirected (${entry.status}) to ${entry.to}`;
    case 'response-head':
      return describeHead(entry);
    case 'attempt-end':
      return describeEnd(entry);
    case 'retry-scheduled':
      return `Waiting ${duration(entry.delayMs)}: ${REASONS[entry.source]}`;
    case 'connection-closed':
      return `${entry.state === 'failed' ? 'Failed' : 'Closed'}: ${entry.why}`;
    case 'capture-notice':
      return entry.message;
    case 'entries-dropped':
      return `${plural(entry.count, 'entry', 'entries')} (${plural(entry.bytes, 'byte', 'bytes')}) were dropped to stay within the memory limit`;
    case 'steered':
    case 'tap-mark':
      return entry.message;
    case 'alert':
      return entry.count > 1 ? `${entry.message} (and ${entry.count - 1} more)` : entry.message;
    case 'resume-report':
      return describeResume(entry);
    default:
      return assertNever(entry, 'journal entry');
  }
}

/** Why the wait is as long as it is. */
const REASONS: Readonly<Record<DelaySource, string>> = {
  'server-retry': 'the server asked for it by retry',
  default: 'the time set until the server sends retry',
  backoff: 'longer after each failure',
  floor: 'the shortest wait allowed',
  clamped: 'the longest wait allowed',
  'retry-after': 'the server asked for it by Retry-After',
} satisfies Record<RetryScheduledEntry['source'], string>;

function describeHead({ status, statusText, headers, accepted, framing = 'sse' }: ResponseHeadEntry): string {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? 'no content type';
  const line = `${status}${statusText === '' ? '' : ` ${statusText}`}, ${type}`;
  if (!accepted) return `${line} (not read as an event stream)`;
  return framing === 'sse' ? line : `${line} (read as ${FRAMING_LABELS[framing]})`;
}

function describeEnd({ how, failure, bodyBytes }: AttemptEndEntry): string {
  const after = bodyBytes > 0 ? ` after ${plural(bodyBytes, 'byte', 'bytes')}` : '';
  switch (how) {
    case 'end-of-stream':
      return `Ended by the server${after}`;
    case 'stopped':
      return `Stopped${after}`;
    case 'refused':
      return failure ? `Refused: ${failure.message}` : 'Refused';
    case 'failed':
      return failure ? `Failed${after}: ${failure.message}` : `Failed${after}`;
    default:
      return assertNever(how, 'end of an attempt');
  }
}

/** Such as "250 ms", "3 s", "2.5 s", "5 min". */
function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(1))} s`;
  return `${Number((ms / 60_000).toFixed(1))} min`;
}

function plural(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
