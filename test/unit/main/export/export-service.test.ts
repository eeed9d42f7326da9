import { mkdtempSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createExportService, type PlaceQuestion } from '../../../../src/main/export/export-service.ts';
import { createPortableByteText } from '../../../../src/shared/sse/byte-text.ts';
import { createRegistry } from '../../../../src/shared/base/registry.ts';
import type { Exporter } from '../../../../src/shared/export/exporter.ts';
import type { ExportProgress } from '../../../../src/shared/ipc/exchange.ts';
import { createMemoryLog } from '../../../../src/shared/session/memory-log.ts';
import { sessionSummary } from '../../../support/session-summary.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamscope-export-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const summary = sessionSummary('s1', { name: 'Goals: Arsenal/Chelsea?' });

/** Writes the numbers of the entries, one a line, and waits for `gate` before each. */
function lineExporter(gate: (seq: number) => Promise<void> | void = () => undefined): Exporter {
  return {
    id: 'lines',
    label: 'Lines',
    note: 'One a line.',
    extension: 'txt',
    async *encode({ range, onProgress }) {
      const shared = new Uint8Array(2);
      for (let seq = range.from; seq < range.to; seq += 1) {
        await gate(seq);
        onProgress(seq - range.from + 1);
        if (seq % 2 === 0) yield `${seq}\n`;
        else {
          // A buffer that is used again, as a log's may be.
          shared.set([48 + seq, 10]);
          yield shared;
        }
      }
    },
  };
}

interface Stage {
  readonly exporter?: Exporter;
  readonly place?: string | null;
  readonly nowMs?: () => number;
}

function stage({ exporter = lineExporter(), place, nowMs = () => 0 }: Stage = {}) {
  const log = createMemoryLog({ sessionId: 's1', maxBytes: 1_000_000 });
  for (let i = 0; i < 5; i += 1)
    log.appendEntry({ kind: 'capture-notice', code: 'disk', message: String(i) }, i);
  const questions: PlaceQuestion[] = [];
  const progress: ExportProgress[] = [];
  const revealed: string[] = [];
  const state = { released: 0 };
  let heard: () => void = () => undefined;
  const service = createExportService({
    byteText: createPortableByteText(),
    rules: () => ({ names: [], texts: [] }),
    matches: async () => Uint32Array.of(1, 3),
    exporters: createRegistry([exporter]),
    open: async () => ({ summary, reader: log, release: () => void (state.released += 1) }),
    askPlace: async (question) => {
      questions.push(question);
      return place === undefined ? join(folder, 'out.txt') : place;
    },
    reveal: (path) => void revealed.push(path),
    onProgress(message) {
      progress.push(message);
      heard();
    },
    nowMs,
  });
  const ended = async (): Promise<ExportProgress> => {
    for (;;) {
      const last = progress.at(-1);
      if (last && last.state !== 'running') return last;
      await new Promise<void>((resolve) => (heard = resolve));
    }
  };
  return { service, questions, progress, revealed, state, ended };
}

const whole = { sessionId: 's1', formatId: 'lines', scope: { kind: 'all' }, includeSecrets: false } as const;

describe('export service', () => {
  it('lists the formats', () => {
    expect(stage().service.formats()).toEqual([
      { id: 'lines', label: 'Lines', note: 'One a line.', extension: 'txt', asStored: false },
    ]);
  });

  it('writes the whole session and says so', async () => {
    const { service, questions, state, ended } = stage();
    const started = await service.save(whole);
    expect(started).toEqual({ jobId: 'export-1', path: join(folder, 'out.txt') });
    expect(await ended()).toEqual({
      jobId: 'export-1',
      state: 'done',
      done: 5,
      total: 5,
      bytes: 10,
      path: join(folder, 'out.txt'),
      message: '',
      redacted: 0,
    });
    expect(await readFile(join(folder, 'out.txt'), 'utf8')).toBe('0\n1\n2\n3\n4\n');
    expect(await readdir(folder)).toEqual(['out.txt']);
    expect(questions).toEqual([
      { suggestedName: 'Goals- Arsenal-Chelsea.txt', formatLabel: 'Lines', extension: 'txt' },
    ]);
    await service.close();
    expect(state.released).toBe(1);
  });

  it('writes the asked range, clamped to what there is', async () => {
    const { service, ended } = stage();
    await service.save({ ...whole, scope: { kind: 'range', range: { from: 3, to: 99 } } });
    expect(await ended()).toMatchObject({ done: 2, total: 2 });
    expect(await readFile(join(folder, 'out.txt'), 'utf8')).toBe('3\n4\n');
  });

  it('does nothing when the user thinks better of it', async () => {
    const { service, progress, state } = stage({ place: null });
    expect(await service.save(whole)).toBeNull();
    expect(progress).toEqual([]);
    expect(state.released).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses a format that does not exist', async () => {
    await expect(stage().service.save({ ...whole, formatId: 'gif' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('adds the extension to a name without one', async () => {
    const { service, ended } = stage({ place: join(folder, 'plain') });
    expect((await service.save(whole))?.path).toBe(join(folder, 'plain.txt'));
    await ended();
  });

  it('removes the part of a file when it is cancelled and leaves an older file alone', async () => {
    await writeFile(join(folder, 'out.txt'), 'older');
    let reached: () => void = () => undefined;
    const middle = new Promise<void>((resolve) => (reached = resolve));
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const exporter = lineExporter((seq) => {
      if (seq !== 2) return;
      reached();
      return held;
    });
    const { service, state, ended } = stage({ exporter });
    const job = await service.save(whole);
    await middle;
    expect(await readdir(folder)).toHaveLength(2);
    service.cancel(job?.jobId ?? '');
    goOn();
    expect(await ended()).toMatchObject({ state: 'cancelled' });
    expect(await readdir(folder)).toEqual(['out.txt']);
    expect(await readFile(join(folder, 'out.txt'), 'utf8')).toBe('older');
    await service.close();
    expect(state.released).toBe(1);
  });

  it('says why a file could not be written, and what to do', async () => {
    const { service, ended, state } = stage({ place: join(folder, 'no-such-folder', 'out.txt') });
    await service.save(whole);
    const last = await ended();
    expect(last.state).toBe('failed');
    expect(last.message).toContain('could not be written');
    expect(last.message).toContain('folder');
    await service.close();
    expect(state.released).toBe(1);
  });

  it('leaves no part behind when the place is taken by a folder', async () => {
    await mkdir(join(folder, 'out.txt'));
    const { service, ended } = stage();
    await service.save(whole);
    expect(await ended()).toMatchObject({ state: 'failed' });
    expect(await readdir(folder)).toEqual(['out.txt']);
  });

  it('leaves no part behind when the session cannot be read', async () => {
    const exporter = lineExporter((seq) => {
      if (seq === 3) throw new Error('The session is damaged.');
    });
    const { service, ended } = stage({ exporter });
    await service.save(whole);
    expect(await ended()).toMatchObject({ state: 'failed', message: 'The session is damaged.', done: 3 });
    expect(await readdir(folder)).toEqual([]);
  });

  it('tells its progress at most ten times a second', async () => {
    let now = 0;
    const exporter = lineExporter(() => void (now += 60));
    const { service, progress, ended } = stage({ exporter, nowMs: () => now });
    await service.save(whole);
    await ended();
    expect(progress.map(({ state, done }) => [state, done])).toEqual([
      ['running', 0],
      ['running', 2],
      ['running', 4],
      ['done', 5],
    ]);
  });

  it('shows a file only when it is complete', async () => {
    const { service, revealed, ended } = stage();
    expect(() => service.reveal('export-1')).toThrow('not known');
    const job = await service.save(whole);
    expect(() => service.reveal('export-1')).toThrow('not complete');
    await ended();
    service.reveal('export-1');
    expect(revealed).toEqual([job?.path]);
  });

  it('cancels what runs when the app ends', async () => {
    const exporter = lineExporter(() => new Promise((resolve) => setImmediate(resolve)));
    const { service, progress } = stage({ exporter });
    await service.save(whole);
    await service.close();
    expect(progress.at(-1)?.state).toBe('cancelled');
    expect(await readdir(folder)).toEqual([]);
  });
});
