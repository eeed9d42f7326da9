/** What a session's events are made of, by a look at some of them: for completion of queries. */
import type { Vocabulary } from '../../shared/filter/query-completion.ts';
import { jsonPathsIn } from '../../shared/filter/json-paths.ts';
import { kindNumberOf, readRecord, RECORD_BYTES } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import type { FrameText } from '../sessions/frame-text.ts';

const MAX_TYPES = 500;
/** Stretches of entries that are looked at, over the whole session, and events of each. */
const STRETCHES = 8;
const STRETCH_ENTRIES = 64;
const STRETCH_EVENTS = 12;
const MAX_EVENT_BYTES = 64 * 1024;

export async function readVocabulary(reader: SessionReader, frameText: FrameText): Promise<Vocabulary> {
  const datas: string[] = [];
  const last = Math.max(0, reader.count - STRETCH_ENTRIES);
  const starts = Array.from({ length: STRETCHES }, (_, at) => Math.floor((last * at) / (STRETCHES - 1)));
  for (const from of new Set(starts)) datas.push(...(await datasFrom(reader, frameText, from)));
  return { eventTypes: reader.eventTypes.slice(0, MAX_TYPES), jsonPaths: jsonPathsIn(datas) };
}

async function datasFrom(reader: SessionReader, frameText: FrameText, from: number): Promise<string[]> {
  const view = await reader.readRecords(from, from + STRETCH_ENTRIES);
  const records = Array.from({ length: view.byteLength / RECORD_BYTES }, (_, at) =>
    readRecord(view, at * RECORD_BYTES),
  );
  const events = records
    .filter(({ kindNumber, length }) => kindNumber === kindNumberOf('event') && length <= MAX_EVENT_BYTES)
    .slice(0, STRETCH_EVENTS);
  const datas: string[] = [];
  for (const record of events)
    datas.push(frameText.content(record, await reader.readWire(record.offset, record.length)).text);
  return datas;
}
