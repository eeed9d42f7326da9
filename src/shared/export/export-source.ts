/** The entries of a log that are to be exported: a range of it, or those of a filter's result, with secrets taken out. */
import type { SessionSummary } from '../session/entry.ts';
import type { SessionReader } from '../session/log.ts';
import type { ByteText } from '../sse/byte-text.ts';
import type { Redactor } from '../redaction/redactor.ts';
import { decodedEntries, type DecodedEntry } from './decoded-entries.ts';
import type { ExportRange, ExportSource } from './exporter.ts';
import { redactedEntries } from './redacted-entries.ts';
import { looseWire, wireOf, wireRange } from './wire-range.ts';

export interface ExportSourceOptions {
  readonly summary: SessionSummary;
  readonly reader: SessionReader;
  readonly byteText: ByteText;
  /** Default: all of it. */
  readonly range?: ExportRange | null;
  /** Only these entries of the range, by number, ascending. Default: all of them. */
  readonly only?: Uint32Array | null;
  /** null: secrets are included. */
  readonly redactor: Redactor | null;
  readonly onProgress?: (done: number) => void;
}

export function createExportSource(options: ExportSourceOptions): ExportSource {
  const { summary, reader, byteText, redactor, only = null } = options;
  const range = clamped(options.range ?? null, only, reader.count);
  const isWhole = only === null && range.from === 0 && range.to === reader.count;

  /** What is read a second time is not counted again. */
  const silent = redactor?.uncounted() ?? null;
  let isFirst = true;

  async function* entries(part: ExportRange = range): AsyncGenerator<readonly DecodedEntry[], void, void> {
    const from = Math.max(range.from, part.from);
    const all = decodedEntries(reader, { from, to: Math.min(range.to, part.to) }, byteText);
    const chosen = only === null ? all : chosenEntries(all, only);
    const counting = isFirst ? redactor : silent;
    isFirst = false;
    yield* counting === null ? chosen : redactedEntries(chosen, counting, byteText);
  }

  async function* wire(): AsyncGenerator<Uint8Array, void, void> {
    if (redactor === null && only === null) {
      const { from, to } = await wireRange(reader, range);
      yield* wireOf(reader, from, to);
      return;
    }
    for await (const slice of entries()) {
      for (const entry of slice) if (entry.what === 'frame') yield entry.bytes;
    }
    if (only !== null || range.to < reader.count) return;
    for await (const bytes of looseWire(reader)) yield redactor === null ? bytes : redactor.bytes(bytes);
  }

  return {
    summary: redactor === null ? summary : redactor.summary(summary),
    range,
    isWhole,
    entries,
    wire,
    async journal() {
      const journal = await reader.journal();
      if (silent === null) return journal;
      return journal.map((one) => ({ ...one, entry: silent.entry(one.entry) }));
    },
    clean: (text) => (redactor === null ? text : redactor.text(text)),
    onProgress: options.onProgress ?? (() => undefined),
  };
}

function clamped(range: ExportRange | null, only: Uint32Array | null, count: number): ExportRange {
  const wide = range ?? { from: 0, to: count };
  const from = Math.min(Math.max(0, wide.from), count);
  const to = Math.max(from, Math.min(wide.to, count));
  if (only === null) return { from, to };
  const first = only[0];
  const last = only[only.length - 1];
  if (first === undefined || last === undefined) return { from, to: from };
  return { from: Math.max(from, first), to: Math.max(from, Math.min(to, last + 1)) };
}

async function* chosenEntries(
  slices: AsyncIterable<readonly DecodedEntry[]>,
  only: Uint32Array,
): AsyncGenerator<readonly DecodedEntry[], void, void> {
  let at = 0;
  for await (const slice of slices) {
    const chosen = slice.filter(({ seq }) => {
      while (at < only.length && (only[at] as number) < seq) at += 1;
      return only[at] === seq;
    });
    if (chosen.length > 0) yield chosen;
  }
}
