/** Writes a session as it was ordered: the part that was asked for, without secrets, into a file that appears whole or not at all. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createArchiveExporter } from '../../main/archive/archive-exporter.ts';
import { openPartFile } from '../../main/export/part-file.ts';
import { captureFile } from '../../main/import/capture-files.ts';
import { withRecordedCapture } from '../../main/import/recorded-capture.ts';
import { createExportSource } from '../../shared/export/export-source.ts';
import type { Exporter, ExportRange, ExportSource } from '../../shared/export/exporter.ts';
import { createJsonExporter } from '../../shared/export/json.ts';
import { readCapture } from '../../shared/import/captures/read-capture.ts';
import { createRedactor, totalFound } from '../../shared/redaction/redactor.ts';
import { NO_RULES } from '../../shared/redaction/user-rules.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import type { CommandIo, Output } from '../command.ts';
import { queryHits } from '../query-hits.ts';
import type { StoredSession } from '../stored-session.ts';
import type { ExportOrder } from './convert-arguments.ts';

export interface WriteExportDeps {
  readonly io: Pick<CommandIo, 'output' | 'note'>;
  readonly byteText: ByteText;
  /** Of the program. */
  readonly version: string;
  /** False: the user wants no more of it. */
  readonly goesOn: () => boolean;
}

/** To be asked before anything is read. */
export async function refuseToReplace({ out, force }: Pick<ExportOrder, 'out' | 'force'>): Promise<void> {
  if (out === '-') return;
  const found = await stat(out).catch(() => null);
  if (found?.isDirectory()) throw new Error(`"${out}" is a folder; OUT is a file.`);
  if (found && !force) throw new Error(`"${out}" is there already; --force replaces it.`);
}

export async function writeExport(
  session: StoredSession,
  order: ExportOrder,
  deps: WriteExportDeps,
): Promise<void> {
  const { byteText, goesOn } = deps;
  const { reader, summary } = session;
  const range = rangeIn(order.range, reader.count);
  const only = await matching(session, order, range, deps);
  const redactor = order.includeSecrets ? null : createRedactor(NO_RULES, byteText);
  const source = createExportSource({ summary, reader, byteText, redactor, range, only });
  if (order.format.as === 'export') await deliver(order.format.exporter, source, order.out, deps);
  else if (redactor === null && source.isWhole) await packFolder(session.folder, source, order.out, deps);
  else await packCopy(session, source, order.out, deps);
  if (!goesOn()) throw new Error('Interrupted before it was whole.');
  tellSecrets(redactor === null ? null : totalFound(redactor.found), deps.io.note);
}

function tellSecrets(found: number | null, note: (text: string) => void): void {
  if (found === null) note('Secrets are included.');
  else if (found === 0) note('No secrets were found.');
  else
    note(
      `${found} ${found === 1 ? 'secret was' : 'secrets were'} taken out; --include-secrets leaves them in.`,
    );
}

function rangeIn(asked: ExportRange | null, count: number): ExportRange {
  if (asked === null) return { from: 0, to: count };
  if (asked.from >= count)
    throw new Error(
      count === 0
        ? 'There are no entries, so there is no range of them.'
        : `The entries are numbered 0 to ${count - 1}; --range begins at ${asked.from}.`,
    );
  return { from: asked.from, to: Math.min(asked.to, count) };
}

/** null: no filter was given. */
async function matching(
  { reader, annotations }: StoredSession,
  { query }: ExportOrder,
  { from, to }: ExportRange,
  { byteText, io, goesOn }: WriteExportDeps,
): Promise<Uint32Array | null> {
  if (query === null) return null;
  const seqs: number[] = [];
  for await (const hits of queryHits(query, reader, annotations, byteText)) {
    for (const { seq } of hits) if (seq >= from && seq < to) seqs.push(seq);
    if (!goesOn()) break;
  }
  if (seqs.length === 0) io.note('Nothing matches the filter.');
  return Uint32Array.from(seqs);
}

async function packFolder(
  folder: string,
  source: ExportSource,
  out: string,
  deps: WriteExportDeps,
): Promise<void> {
  const folderFor = () => Promise.resolve({ folder, release: () => Promise.resolve() });
  await deliver(createArchiveExporter({ folderFor, app: deps.version }), source, out, deps);
}

/** A session file holds a session's own files: what is to be left out of them needs a session that never had it. */
async function packCopy(
  session: StoredSession,
  source: ExportSource,
  out: string,
  deps: WriteExportDeps,
): Promise<void> {
  const { byteText, goesOn, io } = deps;
  if (session.annotations.all().length > 0)
    io.note('Bookmarks and notes stay out of a copy without secrets or of a part.');
  const workshop = await mkdtemp(join(tmpdir(), 'streamscope-copy-'));
  try {
    const path = join(workshop, 'session.json');
    await deliver(createJsonExporter(byteText), source, path, deps);
    if (!goesOn()) return;
    const [capture] = (await readCapture(await captureFile(path), byteText)).captures;
    if (!capture) throw new Error('Nothing is left to be written.');
    const fileName = source.summary.origin?.name ?? basename(source.summary.name);
    const folder = join(workshop, 'session');
    await withRecordedCapture(capture, { fileName, folder, byteText, goesOn }, () =>
      packFolder(folder, source, out, deps),
    );
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function deliver(
  exporter: Exporter,
  source: ExportSource,
  out: string,
  { io, goesOn }: WriteExportDeps,
): Promise<void> {
  if (out === '-') return print(exporter, source, io.output, goesOn);
  const file = await openPartFile(out, String(process.pid));
  try {
    for await (const chunk of exporter.encode(source)) {
      if (!goesOn()) return;
      await file.write(chunk);
    }
    await file.complete();
  } finally {
    // After `complete` there is no part left to remove.
    await file.discard();
  }
}

const PRINT_BYTES = 64 * 1024;

/** Small pieces are gathered, as each write is a call into the system. */
async function print(
  exporter: Exporter,
  source: ExportSource,
  output: Output,
  goesOn: () => boolean,
): Promise<void> {
  let gathered: Uint8Array[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    const whole = Buffer.concat(gathered);
    gathered = [];
    bytes = 0;
    if (whole.length > 0) await output.write(whole);
  };
  for await (const chunk of exporter.encode(source)) {
    if (output.closed || !goesOn()) return;
    // Bytes from a log may lie in a buffer that its next read reuses.
    const piece = typeof chunk === 'string' ? Buffer.from(chunk) : chunk.slice();
    gathered.push(piece);
    bytes += piece.length;
    if (bytes >= PRINT_BYTES) await flush();
  }
  await flush();
}
