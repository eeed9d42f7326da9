/** Compares two captures and prints what differs, for people or as JSON lines. */
import type { DiffSides } from '../main/diff/diff-page.ts';
import { readDigests } from '../main/diff/read-digests.ts';
import { createFrameText } from '../main/sessions/frame-text.ts';
import { createPause } from '../main/sessions/pause.ts';
import type { AlignBy } from '../shared/diff/align-events.ts';
import { contentReader, type ContentRules } from '../shared/diff/compared-content.ts';
import type { EventDigests } from '../shared/diff/event-digests.ts';
import { diffSessions, type DiffCounts, type DiffKind } from '../shared/diff/session-diff.ts';
import { readRecord } from '../shared/session/index-record.ts';
import type { SessionReader } from '../shared/session/log.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import { createBatch } from './batch.ts';
import type { CommandIo } from './command.ts';

export interface DiffWishes {
  readonly by: AlignBy;
  readonly rules: ContentRules;
  readonly json: boolean;
}

interface PrintedEvent {
  readonly seq: number;
  readonly atMs: number;
  readonly type: string;
  readonly id: string | null;
  readonly data: string;
}

/** Resolves to whether there is a difference. */
export async function printDiff(
  { left, right }: DiffSides,
  { by, rules, json }: DiffWishes,
  byteText: ByteText,
  { output }: Pick<CommandIo, 'output'>,
): Promise<boolean> {
  const frameText = createFrameText(byteText);
  const options = {
    frameText,
    contentOf: contentReader(rules),
    pause: createPause(),
    onProgress() {},
    isCancelled: () => output.closed,
  };
  const diff = diffSessions(await readDigests(left, options), await readDigests(right, options), by);
  const batch = createBatch(output);

  async function eventAt(
    reader: SessionReader,
    digests: EventDigests,
    member: number,
  ): Promise<PrintedEvent | null> {
    if (member < 0) return null;
    const seq = digests.seqs[member] as number;
    const record = readRecord(await reader.readRecords(seq, seq + 1), 0);
    const bytes = await reader.readWire(record.offset, record.length);
    const { type, text, id } = frameText.content(record, bytes);
    return { seq, atMs: record.atMs, type, id, data: text };
  }

  for (const row of diff.differences) {
    if (output.closed) return true;
    const ours = await eventAt(left, diff.left, diff.alignment.left[row] as number);
    const theirs = await eventAt(right, diff.right, diff.alignment.right[row] as number);
    const kind = diff.kindAt(row);
    const printed = json
      ? `${JSON.stringify({ kind, left: ours, right: theirs })}\n`
      : linesOf(kind, ours, theirs);
    await batch.write(printed);
  }
  await batch.write(
    json ? `${JSON.stringify({ kind: 'counts', ...diff.counts })}\n` : summaryOf(diff.counts),
  );
  await batch.flush();
  return diff.differences.length > 0;
}

function linesOf(kind: DiffKind, left: PrintedEvent | null, right: PrintedEvent | null): string {
  const place = (event: PrintedEvent | null): string => (event ? `#${event.seq}` : '-');
  const head = `@@ ${place(left)} ${place(right)} ${kind === 'changed' ? 'changed' : 'only in one'} @@\n`;
  return head + sideOf('-', left) + sideOf('+', right);
}

function sideOf(sign: string, event: PrintedEvent | null): string {
  if (!event) return '';
  const id = event.id === null ? '' : ` id ${JSON.stringify(event.id)}`;
  const [first = '', ...rest] = event.data.split('\n');
  const head = `${sign} ${(event.atMs / 1000).toFixed(3)}s ${event.type}${id}  ${first}\n`;
  return head + rest.map((line) => `${sign}   ${line}\n`).join('');
}

function summaryOf({ same, changed, left, right }: DiffCounts): string {
  return `${changed} changed, ${left} only in the first, ${right} only in the second, ${same} the same.\n`;
}
