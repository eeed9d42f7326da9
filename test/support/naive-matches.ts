/** What a query matches by asking each entry on its own, in the plainest way: the measure for everything quicker. */
import { createNodeByteText } from '../../src/main/capture/node-byte-text.ts';
import { createFrameText } from '../../src/main/sessions/frame-text.ts';
import { matches } from '../../src/shared/filter/matches.ts';
import type { Query } from '../../src/shared/filter/query.ts';
import { describeEntry } from '../../src/shared/session/describe-entry.ts';
import { isJournalKind, kindOf, readRecord, RECORD_BYTES } from '../../src/shared/session/index-record.ts';
import type { SessionReader } from '../../src/shared/session/log.ts';

export async function naiveMatches(reader: SessionReader, query: Query): Promise<number[]> {
  const frameText = createFrameText(createNodeByteText());
  const found: number[] = [];
  let beforeMs: number | null = null;
  for (let seq = 0; seq < reader.count; seq += 1) {
    const view = await reader.readRecords(seq, seq + 1);
    const record = readRecord(
      new DataView(view.buffer.slice(view.byteOffset, view.byteOffset + RECORD_BYTES)),
      0,
    );
    const kind = kindOf(record.kindNumber);
    const journal = isJournalKind(record.kindNumber);
    const content = journal
      ? { text: describeEntry(await reader.readJournal(record)), type: '', id: null }
      : frameText.content(record, await reader.readWire(record.offset, record.length));
    const passes = matches(query, {
      kind,
      type: content.type,
      data: content.text,
      id: content.id,
      size: journal ? 0 : record.length,
      atMs: record.atMs,
      gapMs: kind === 'event' && beforeMs !== null ? record.atMs - beforeMs : null,
      attempt: record.attempt,
      bookmarked: false,
      note: '',
    });
    if (kind === 'event') beforeMs = record.atMs;
    if (passes) found.push(seq);
  }
  return found;
}
