/** HAR files of Streamscope itself: the attempts of a session come together again, with every fact and every time. */
import { bytesOfBase64 } from '../../base/base64.ts';
import { FRAMINGS } from '../../sse/framing.ts';
import { FRAME_KINDS } from '../../sse/types.ts';
import { CaptureError, type FoundCapture } from './capture.ts';
import { entrySteps, type ImportedEntry } from './entry-steps.ts';
import { amountOf, listOf } from './fields.ts';
import type { HarEntry } from './har-shapes.ts';
import { importedEntry } from './streamscope-entries.ts';
import { headOfSession } from './streamscope-files.ts';

/** Rises when our fields change their meaning. */
export const OWN_HAR_VERSION = 1;

/** Whether our fields are there, and of a version that is read. */
export function isOwnHar(session: unknown, entries: readonly HarEntry[]): boolean {
  return (
    typeof session === 'object' &&
    session !== null &&
    entries.length > 0 &&
    entries.every(({ own }) => own !== null && own['version'] === OWN_HAR_VERSION)
  );
}

/** Throws a CaptureError when the fields do not fit each other, as after an edit of the file. */
export function captureOfOwnHar(session: unknown, entries: readonly HarEntry[], name: string): FoundCapture {
  const numbered = entries.flatMap((entry) => [...ownEntries(entry)]).sort((a, b) => a.seq - b.seq);
  const head = headOfSession(session, name);
  const note = `${entries.length} attempt${entries.length === 1 ? '' : 's'}`;
  return { head, note, steps: () => entrySteps(numbered.map(({ entry }) => entry)) };
}

export function bodyOf({ text, isBase64, index }: HarEntry): Uint8Array {
  if (!isBase64) return new TextEncoder().encode(text);
  const bytes = bytesOfBase64(text);
  if (!bytes)
    throw new CaptureError('The body is no base64.', { item: `entries[${index}].response.content.text` });
  return bytes;
}

function* ownEntries(
  entry: HarEntry,
): Generator<{ readonly seq: number; readonly entry: ImportedEntry }, void, void> {
  const own = entry.own ?? {};
  const item = `entries[${entry.index}]._streamscope`;
  for (const [at, fact] of listOf(own['facts']).entries()) {
    const read = importedEntry(fact, { item: `${item}.facts[${at}]` });
    yield { seq: amountOf((fact as Record<string, unknown>)['seq']) ?? 0, entry: read };
  }
  const framing = FRAMINGS.find((known) => known === own['framing']) ?? 'sse';
  const attempt = amountOf(own['attempt']) ?? 1;
  const body = bodyOf(entry);
  let offset = 0;
  for (const [at, frame] of listOf(own['frames']).entries()) {
    const [seq, atMs, length] = listOf(frame).map(amountOf);
    if (seq == null || atMs == null || length == null)
      throw new CaptureError('This is no list of number, time and length.', {
        item: `${item}.frames[${at}]`,
      });
    const bytes = body.subarray(offset, offset + length);
    offset += length;
    const named = listOf(frame)[3];
    const kind = FRAME_KINDS.find((known) => known === named) ?? 'event';
    yield { seq, entry: { what: 'frame', atMs, attempt, kind, framing, bytes, lastEventId: '', id: null } };
  }
  if (offset !== body.length)
    throw new CaptureError(
      `The frames have ${offset} bytes, and the body has ${body.length}: the file was changed. Delete the field to read the body alone.`,
      { item },
    );
}
