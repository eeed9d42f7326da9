/** A fault as a sentence, for lists and for the record of what a client got. */
import { assertNever } from '../base/assert.ts';
import type { Fault, FaultAction, FaultPlace, FaultWhen, NumberRange } from './fault.ts';

/** Such as "Stalls for 10 s before event 20, in attempt 1". */
export function describeFault({ action, when, place }: Fault): string {
  const where = describePlace(action, when, place);
  const conditions = describeConditions(when);
  return [describeAction(action), where, ...conditions].filter((part) => part !== '').join(' ');
}

export function describeAction(action: FaultAction): string {
  switch (action.kind) {
    case 'stall':
      return action.ms === Infinity ? 'Stalls for ever' : `Stalls for ${timeText(action.ms)}`;
    case 'drop':
      return 'Drops';
    case 'reset':
      return 'Resets the connection';
    case 'close':
      return 'Ends the answer';
    case 'duplicate':
      return action.copies === 1 ? 'Sends again' : `Sends ${action.copies} times more`;
    case 'reorder':
      return action.shuffle ? `Shuffles ${action.events} events from` : 'Swaps with the next';
    case 'corrupt':
      if (action.at !== null)
        return `Changes byte ${action.at}${action.to === null ? '' : ` to 0x${action.to.toString(16)}`} of`;
      return action.bytes === 1 ? 'Changes a byte of' : `Changes ${action.bytes} bytes of`;
    case 'truncate':
      return action.how === 'no-end'
        ? 'Cuts the body off'
        : 'Cuts the body off, short of its Content-Length,';
    case 'status':
      return `Answers ${action.status}${action.retryAfter === null ? '' : `, Retry-After: ${action.retryAfter}`}`;
    case 'content-type':
      return `Says Content-Type: ${action.type}`;
    case 'redirect':
      return `Redirects (${action.status}) to ${action.to}`;
    case 'trickle':
      return `Trickles at ${sizeText(action.bytesPerSecond)}/s`;
    case 'endless-line':
      return action.bytes === Infinity
        ? 'Sends a line without end'
        : `Sends ${sizeText(action.bytes)} of one line`;
    case 'insert':
      return `Inserts ${JSON.stringify(shortened(action.text.trim()))}`;
    default:
      return assertNever(action, 'fault');
  }
}

function describePlace(action: FaultAction, when: FaultWhen, place: FaultPlace): string {
  const target = describeTarget(when);
  switch (action.kind) {
    case 'status':
    case 'content-type':
    case 'redirect':
      return '';
    case 'drop':
    case 'duplicate':
    case 'corrupt':
    case 'reorder':
      return target === '' ? 'events' : target;
    case 'trickle':
      return target;
    default:
      if (target !== '') return `${place === 'middle' ? 'in the middle of' : place} ${target}`;
      return when.afterBytes === null && when.afterMs === null ? 'at once' : '';
  }
}

function describeTarget({ events, id, type, filter, every, chance }: FaultWhen): string {
  const parts = [
    every === null ? '' : every === 1 ? 'each of' : `every ${ordinal(every)} of`,
    chance === null ? '' : `${Number((chance * 100).toFixed(2))}% of`,
    events === null ? '' : `event ${rangesText(events)}`,
    type === null ? '' : `events of type ${type}`,
    id === null ? '' : `the event with id ${id}`,
    filter === null ? '' : `what matches ${filter.text}`,
  ].filter((part) => part !== '');
  if (parts.length === 0) return '';
  const named = events !== null || type !== null || id !== null || filter !== null;
  return named ? parts.join(' ') : `${parts.join(' ')} the events`;
}

function describeConditions({ afterBytes, afterMs, attempts, times }: FaultWhen): string[] {
  return [
    afterBytes === null ? '' : `after ${sizeText(afterBytes)}`,
    afterMs === null ? '' : `after ${timeText(afterMs)}`,
    times === null ? '' : times === 1 ? 'once' : `at most ${times} times`,
    attempts === null ? '' : `in attempt ${rangesText(attempts)}`,
  ];
}

function rangesText(ranges: readonly NumberRange[]): string {
  return ranges
    .map(({ from, to }) =>
      to === Infinity ? `${from} and later` : from === to ? String(from) : `${from} to ${to}`,
    )
    .join(', ');
}

function ordinal(value: number): string {
  const tail = value % 100 >= 11 && value % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${tail}`;
}

function timeText(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  return ms < 120_000 ? `${ms / 1000} s` : `${ms / 60_000} min`;
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2
    ? `${Number((bytes / 1024).toFixed(1))} KB`
    : `${Number((bytes / 1024 ** 2).toFixed(1))} MB`;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
