/**
 * Prints a stream while it is recorded, for people: one line an event, and on a terminal a line below that says how it goes. What
 * came over the wire never steers the terminal.
 */
import { createBoundedRun } from '../main/sessions/bounded-run.ts';
import type { EpochMs } from '../shared/base/clock.ts';
import { createFactsOf } from '../shared/checks/entry-facts.ts';
import { decodedEntries, type DecodedEntry } from '../shared/export/decoded-entries.ts';
import { ndjsonLine } from '../shared/export/ndjson.ts';
import { matches } from '../shared/filter/matches.ts';
import { hasRegex, type Query } from '../shared/filter/query.ts';
import { describeEntry } from '../shared/session/describe-entry.ts';
import { idInForce } from '../shared/session/entry.ts';
import type { SessionLog } from '../shared/session/log.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import type { Output, Terminal } from './command.ts';
import type { Follower, Steering } from './connect-and-record.ts';
import { createFollower } from './follower.ts';
import { coloured, tame, type Colour } from './ink.ts';

export interface TailPrinterOptions {
  readonly log: SessionLog;
  readonly output: Output;
  readonly byteText: ByteText;
  readonly startedAt: EpochMs;
  readonly steering: Steering;
  /** null: everything. */
  readonly query: Query | null;
  readonly form: 'rows' | 'data' | 'ndjson';
  readonly maxEvents: number;
  readonly terminal: Terminal | null;
  readonly colour: boolean;
}

const SLICE_LIMIT_MS = 2000;
const STATUS_MS = 500;
const CLEAR_LINE = '\r\u001b[K';
const TYPE_COLOURS: readonly Colour[] = ['cyan', 'green', 'magenta', 'blue', 'yellow'];

export function createTailPrinter(options: TailPrinterOptions): Follower {
  const { log, output, byteText, query, form, terminal, colour, steering, maxEvents } = options;
  const factsOf = createFactsOf();
  const bounded =
    query && hasRegex(query) ? createBoundedRun(SLICE_LIMIT_MS) : <T>(work: () => T): T => work();
  const typeColours = new Map<string, Colour>();
  const paint = (ink: Colour, text: string) => (colour ? coloured(ink, text) : text);
  let next = 0;
  let lastEventId = '';
  let printed = 0;
  let connection = 'connecting';
  let statusShown = false;

  function inkOfType(type: string): Colour {
    const known = typeColours.get(type) ?? TYPE_COLOURS[typeColours.size % TYPE_COLOURS.length] ?? 'cyan';
    // Types may come without end; their colours need not.
    if (typeColours.size < 1000) typeColours.set(type, known);
    return known;
  }

  /** null: it is not shown. */
  function lineOf(entry: DecodedEntry): string | null {
    if (entry.what === 'journal') {
      const { kind } = entry.entry;
      if (kind === 'attempt-start') lastEventId = idInForce(entry.entry) ?? lastEventId;
      if (kind === 'response-head') connection = 'open';
      if (kind === 'retry-scheduled') connection = 'waiting';
      if (kind === 'attempt-end') connection = 'ended';
    } else {
      lastEventId = entry.lastEventId;
    }
    const facts = factsOf(entry);
    if (printed >= maxEvents || (query && !matches(query, facts))) return null;
    const isEvent = facts.kind === 'event';
    if (isEvent) printed += 1;
    if (form === 'ndjson') return ndjsonLine(entry, options.startedAt, byteText);
    if (form === 'data') return isEvent ? `${terminal ? tamed(facts.data) : facts.data}\n` : null;
    const time = paint('grey', (facts.atMs / 1000).toFixed(3).padStart(9));
    if (isEvent) return `${time}  ${paint(inkOfType(facts.type), tame(facts.type))}  ${tame(facts.data)}\n`;
    if (entry.what === 'journal') return `${time}  ${paint('grey', tame(describeEntry(entry.entry)))}\n`;
    return query === null && facts.kind !== 'comment'
      ? null
      : `${time}  ${paint('grey', `${facts.kind}  ${tame(facts.data)}`)}\n`;
  }

  function statusText(): string {
    const { events, bodyBytes } = log.counts;
    const seconds = Math.max(steering.nowMs() / 1000, 0.001);
    const shown = query === null ? '' : `${printed.toLocaleString('en')} of `;
    const parts = [
      connection,
      `${shown}${events.toLocaleString('en')} events`,
      `${bodyBytes.toLocaleString('en')} bytes`,
      `${Math.round(seconds)} s`,
    ];
    return paint('grey', parts.join(' · ').slice(0, Math.max(10, (terminal?.columns ?? 80) - 1)));
  }

  async function write(text: string): Promise<void> {
    const clear = statusShown ? CLEAR_LINE : '';
    statusShown = terminal !== null;
    await output.write(clear + text + (terminal ? statusText() : ''));
  }

  async function step(): Promise<void> {
    for await (const entries of decodedEntries(log, { from: next, to: log.count }, byteText, lastEventId)) {
      const text = bounded(() =>
        entries
          .map(lineOf)
          .filter((line) => line !== null)
          .join(''),
      );
      next = (entries.at(-1)?.seq ?? next) + 1;
      if (text !== '') await write(text);
      if (output.closed) return;
      if (printed >= maxEvents) steering.stop(`${maxEvents} events were printed`);
    }
  }

  const onFailure = (error: Error) => steering.fail(`The stream could not be shown: ${error.message}`);
  const follower = createFollower({ log, step, onFailure });
  const timer = terminal ? setInterval(() => void write(''), STATUS_MS) : null;
  return {
    caughtUp: follower.caughtUp,
    async finish() {
      if (timer) clearInterval(timer);
      await follower.finish();
      if (statusShown) await output.write(`${CLEAR_LINE}${statusText()}\n`);
    },
  };
}

/** Line by line: the line ends of data are its own. */
function tamed(text: string): string {
  return text.split('\n').map(tame).join('\n');
}
