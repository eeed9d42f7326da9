/** What a report counts and notes while the entries of a session pass by. Holds a few events, whatever the session's length. */
import { diagnoseFrame } from '../sse/diagnostics.ts';
import type { ByteText } from '../sse/byte-text.ts';
import type { DecodedEntry, DecodedFrame } from './decoded-entries.ts';

export interface TypeTally {
  readonly name: string;
  count: number;
  bytes: number;
  readonly firstMs: number;
  lastMs: number;
}

export interface NotableEvent {
  readonly what: string;
  readonly seq: number;
  readonly atMs: number;
  readonly type: string;
  readonly data: string;
}

export interface FindingTally {
  readonly message: string;
  readonly seq: number;
  count: number;
}

export interface ReportTally {
  readonly events: number;
  readonly comments: number;
  readonly bytes: number;
  readonly types: ReadonlyMap<string, TypeTally>;
  /** By code. */
  readonly findings: ReadonlyMap<string, FindingTally>;
  add(entry: DecodedEntry): void;
  /** The first and the last event, the longest one, and the one after the longest silence. */
  notable(): readonly NotableEvent[];
}

/** A hostile stream may have a type an event: further ones are counted together. */
const MOST_TYPES = 200;
const OTHER_TYPES = '(further types)';
/** Data are kept for the notable events alone, and not more of them than is shown. */
const KEPT_CHARS = 1000;

export function createReportTally(byteText: ByteText): ReportTally {
  let events = 0;
  let comments = 0;
  let bytes = 0;
  const types = new Map<string, TypeTally>();
  const findings = new Map<string, FindingTally>();
  let first: NotableEvent | null = null;
  let last: DecodedFrame | null = null;
  let longest: { readonly event: NotableEvent; readonly length: number } | null = null;
  let silence: { readonly event: NotableEvent; readonly ms: number } | null = null;

  const note = (what: string, { seq, atMs, eventType, data }: DecodedFrame): NotableEvent => ({
    what,
    seq,
    atMs,
    type: eventType ?? 'message',
    data: data.slice(0, KEPT_CHARS),
  });

  function addEvent(frame: DecodedFrame, type: string): void {
    events += 1;
    const name = types.has(type) || types.size < MOST_TYPES ? type : OTHER_TYPES;
    const tally = types.get(name);
    if (tally) {
      tally.count += 1;
      tally.bytes += frame.bytes.length;
      tally.lastMs = frame.atMs;
    } else {
      types.set(name, { name, count: 1, bytes: frame.bytes.length, firstMs: frame.atMs, lastMs: frame.atMs });
    }
    first ??= note('First event', frame);
    if (longest === null || frame.bytes.length > longest.length)
      longest = { event: note('Longest event', frame), length: frame.bytes.length };
    const waitedMs = last === null ? 0 : frame.atMs - last.atMs;
    if (last !== null && (silence === null || waitedMs > silence.ms)) {
      const what = `After the longest silence, ${(waitedMs / 1000).toFixed(3)} s`;
      silence = { event: note(what, frame), ms: waitedMs };
    }
    last = frame;
  }

  return {
    get events() {
      return events;
    },
    get comments() {
      return comments;
    },
    get bytes() {
      return bytes;
    },
    types,
    findings,
    add(entry) {
      if (entry.what === 'journal') return;
      bytes += entry.bytes.length;
      if (entry.kind === 'comment') comments += 1;
      if (entry.eventType !== null) addEvent(entry, entry.eventType);
      for (const { code, message } of diagnoseFrame(entry, byteText)) {
        const known = findings.get(code);
        if (known) known.count += 1;
        else findings.set(code, { message, seq: entry.seq, count: 1 });
      }
    },
    notable() {
      const list = [first, silence?.event ?? null, longest?.event ?? null];
      if (last !== null && events > 1) list.push(note('Last event', last));
      return list.filter((event) => event !== null);
    },
  };
}
