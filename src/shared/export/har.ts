/**
 * HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) for browsers and proxies: each attempt is an entry with its request,
 * its decoded body as text, and its events the way Chrome notes them. What HAR has no field for stands in `_streamscope`, so
 * that nothing is lost on the way back. Bodies are written as they are read, whatever their size.
 */
import { attemptsOf, type AttemptRecord } from '../session/attempts.ts';
import type { NumberedJournalEntry } from '../session/entry.ts';
import { framingOfHead } from '../session/head-framing.ts';
import type { ByteText } from '../sse/byte-text.ts';
import type { Framing } from '../sse/framing.ts';
import type { DecodedFrame } from './decoded-entries.ts';
import { entryJson } from './entry-json.ts';
import type { ExportRange, ExportSource, Exporter } from './exporter.ts';
import { createBase64Stream, isUtf8Frames } from './har-body.ts';
import { entryHead, entryTail } from './har-entry.ts';

/** Rises when a field of ours changes its meaning. */
const OWN_VERSION = 1;

interface HarAttempt {
  readonly number: number;
  readonly record: AttemptRecord | null;
  /** Of this attempt, among the entries that are exported. */
  readonly facts: readonly NumberedJournalEntry[];
  readonly framing: Framing;
  readonly isUtf8: boolean;
  readonly bodyBytes: number;
  readonly events: number;
  /** Where its frames are. */
  readonly span: ExportRange;
}

/** `appVersion`: of the Streamscope that writes. */
export function createHarExporter(byteText: ByteText, appVersion: string): Exporter {
  return {
    id: 'har',
    label: 'HAR',
    note: 'For browsers and proxies: each attempt with its request, its body and its events.',
    extension: 'har',
    async *encode(source) {
      const { summary, onProgress } = source;
      const entries = source.range.to - source.range.from;
      const attempts = await attemptsIn(source, byteText);
      const log = {
        version: '1.2',
        creator: { name: 'Streamscope', version: appVersion },
        _streamscope: summary,
      };
      yield `{"log":${JSON.stringify(log).slice(0, -1)},"pages":[],"entries":[`;
      let first = true;
      for (const attempt of attempts) {
        yield first ? '\n' : ',\n';
        first = false;
        yield* entryOf(attempt, source, byteText);
      }
      yield '\n]}}\n';
      onProgress(entries);
    },
  };
}

/** What is needed to begin an entry, found in a first pass over all of them. */
async function attemptsIn(source: ExportSource, byteText: ByteText): Promise<readonly HarAttempt[]> {
  const journal = await source.journal();
  const records = new Map(attemptsOf(journal).map((record) => [record.attempt, record]));
  type Draft = { -readonly [K in keyof HarAttempt]: HarAttempt[K] } & { facts: NumberedJournalEntry[] };
  const drafts = new Map<number, Draft>();
  const draftOf = (number: number): Draft => {
    const known = drafts.get(number);
    if (known) return known;
    const record = records.get(number) ?? null;
    const framing = record?.head ? (framingOfHead(record.head.entry) ?? 'sse') : 'sse';
    const draft: Draft = {
      number,
      record,
      facts: [],
      framing,
      isUtf8: true,
      bodyBytes: 0,
      events: 0,
      span: { from: Infinity, to: 0 },
    };
    drafts.set(number, draft);
    return draft;
  };
  let current = 0;
  let done = 0;
  for await (const slice of source.entries()) {
    for (const entry of slice) {
      if (entry.what === 'journal') {
        current = 'attempt' in entry.entry ? entry.entry.attempt : current;
        draftOf(current).facts.push(entry);
        continue;
      }
      const draft = draftOf(entry.attempt);
      if (!draft.record?.head) draft.framing = entry.framing;
      draft.span = { from: Math.min(draft.span.from, entry.seq), to: entry.seq + 1 };
      draft.bodyBytes += entry.bytes.length;
      if (entry.kind === 'event') draft.events += 1;
      draft.isUtf8 &&= isUtf8Frames(entry.bytes, byteText);
    }
    done += slice.length;
    source.onProgress(Math.floor(done / 4));
  }
  return [...drafts.values()];
}

async function* entryOf(
  attempt: HarAttempt,
  source: ExportSource,
  byteText: ByteText,
): AsyncGenerator<string, void, void> {
  const { startedAt } = source.summary;
  yield entryHead(attempt, source);
  // `text` comes last in `content`, and is written as it is read.
  yield attempt.isUtf8 ? ',"text":"' : ',"encoding":"base64","text":"';
  const base64 = createBase64Stream();
  for await (const frame of framesOf(attempt, source)) {
    yield attempt.isUtf8
      ? JSON.stringify(byteText.utf8(frame.bytes, 0, frame.bytes.length)).slice(1, -1)
      : base64.take(frame.bytes);
  }
  yield `${base64.end()}"}`;
  yield entryTail(attempt, source);
  yield ',"_eventSourceMessages":[';
  let at = 0;
  for await (const frame of framesOf(attempt, source)) {
    if (frame.kind !== 'event') continue;
    const message = {
      time: (startedAt + frame.atMs) / 1000,
      eventName: frame.eventType ?? 'message',
      eventId: frame.lastEventId,
      data: frame.data,
    };
    yield `${at === 0 ? '' : ','}\n${JSON.stringify(message)}`;
    at += 1;
  }
  const facts = attempt.facts.map(({ seq, atMs, entry }) =>
    entryJson({ what: 'journal', seq, atMs, entry }, startedAt, byteText),
  );
  const own = { version: OWN_VERSION, attempt: attempt.number, framing: attempt.framing, facts };
  yield `],"_streamscope":${JSON.stringify(own).slice(0, -1)},"frames":[`;
  at = 0;
  for await (const { seq, atMs, bytes, kind } of framesOf(attempt, source)) {
    yield `${at === 0 ? '' : ','}[${seq},${atMs},${bytes.length}${kind === 'event' ? '' : `,"${kind}"`}]`;
    at += 1;
  }
  yield ']}}';
}

async function* framesOf(
  { number, span }: HarAttempt,
  source: ExportSource,
): AsyncGenerator<DecodedFrame, void, void> {
  if (span.to === 0) return;
  for await (const slice of source.entries(span))
    for (const entry of slice) if (entry.what === 'frame' && entry.attempt === number) yield entry;
}
