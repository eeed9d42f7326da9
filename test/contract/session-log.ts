/** What every SessionLog must do; run against each implementation. */
import { afterEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/shared/session/entry.ts';
import {
  kindNumberOf,
  MAX_TYPE_NUMBER,
  readRecord,
  RECORD_BYTES,
  type IndexRecord,
} from '../../src/shared/session/index-record.ts';
import type { SessionLog, SessionReader } from '../../src/shared/session/log.ts';
import { attemptStart } from '../support/attempt-entries.ts';
import { seededRandom } from '../support/seeded-random.ts';

export interface LogUnderTest {
  readonly log: SessionLog;
  /** Closes the log and opens what it stored, for logs that store. */
  readonly reopen?: () => Promise<SessionReader>;
  readonly dispose?: () => Promise<void>;
}

export function frameRecord(fields: Partial<IndexRecord> = {}): IndexRecord {
  const kindNumber = kindNumberOf('event');
  return {
    offset: 0,
    atMs: 0,
    length: 0,
    attempt: 1,
    typeNumber: 0,
    kindNumber,
    flags: 0,
    firstRead: 0,
    framing: 0,
    ...fields,
  };
}

export async function recordsOf(reader: SessionReader, from = 0, to = reader.count): Promise<IndexRecord[]> {
  const view = await reader.readRecords(from, to);
  return Array.from({ length: view.byteLength / RECORD_BYTES }, (_, at) =>
    readRecord(view, at * RECORD_BYTES),
  );
}

/** A plain list of everything appended, to compare with. */
function createModel() {
  const wire: number[] = [];
  const records: IndexRecord[] = [];
  const entries: { seq: number; atMs: number; entry: JournalEntry }[] = [];
  const reads: { number: number; offset: number; length: number; atMs: number; attempt: number }[] = [];
  return { wire, records, entries, reads, types: [] as string[], lastFrame: -1 };
}

type Model = ReturnType<typeof createModel>;

/** Appends one thing to both, as the dice say. */
function appendSomething(log: SessionLog, model: Model, random: () => number, atMs: number): void {
  const attempt = model.entries.filter((line) => line.entry.kind === 'attempt-start').length;
  const dice = random();
  if (dice < 0.05 || attempt === 0) {
    const entry = attemptStart(attempt + 1);
    model.entries.push({ seq: model.records.length, atMs, entry });
    model.records.push(
      frameRecord({ atMs, attempt: attempt + 1, kindNumber: kindNumberOf('attempt-start') }),
    );
    log.appendEntry(entry, atMs);
  } else if (dice < 0.1 && model.lastFrame >= 0) {
    (model.records[model.lastFrame] as IndexRecord).length += 1;
    log.extendLastFrame();
  } else if (dice < 0.5) {
    const bytes = Uint8Array.from({ length: 1 + Math.floor(random() * 400) }, () =>
      Math.floor(random() * 256),
    );
    const number = model.reads.length;
    model.reads.push({ number, offset: model.wire.length, length: bytes.length, atMs, attempt });
    model.wire.push(...bytes);
    log.appendWire(bytes, atMs, attempt);
    bytes.fill(0); // The log must have taken its copy.
  } else {
    const name = `type-${Math.floor(random() * 5)}`;
    if (!model.types.includes(name)) model.types.push(name);
    const offset = Math.floor(random() * (model.wire.length + 1));
    const length = Math.floor(random() * (model.wire.length - offset));
    const record = frameRecord({ offset, length, atMs, attempt, flags: 16, firstRead: model.reads.length });
    log.appendFrame({ ...record }, name);
    model.lastFrame = model.records.length;
    model.records.push({ ...record, typeNumber: model.types.indexOf(name) });
  }
}

async function expectSame(reader: SessionReader, model: Model): Promise<void> {
  expect(reader.count).toBe(model.records.length);
  expect(reader.wireBytes).toBe(model.wire.length);
  expect(reader.eventTypes).toEqual(model.types);
  expect(Buffer.from(await reader.readWire(0, reader.wireBytes))).toEqual(Buffer.from(model.wire));
  const records = await recordsOf(reader);
  const isFrame = (record: IndexRecord): boolean => record.kindNumber < 64;
  expect(records.filter(isFrame)).toEqual(model.records.filter(isFrame));
  expect(records.map((record) => [record.kindNumber, record.atMs, record.attempt])).toEqual(
    model.records.map((record) => [record.kindNumber, record.atMs, record.attempt]),
  );
  expect(await reader.journal()).toEqual(model.entries);
  for (const { seq, entry } of model.entries) {
    expect(await reader.readJournal(records[seq] as IndexRecord)).toEqual(entry);
  }
  expect(await reader.readsIn(0, model.wire.length)).toEqual(model.reads);
}

export function describeSessionLog(name: string, create: () => Promise<LogUnderTest>): void {
  describe(`${name} keeps the contract of a session log`, () => {
    const open: LogUnderTest[] = [];
    async function start(): Promise<LogUnderTest> {
      const created = await create();
      open.push(created);
      return created;
    }
    afterEach(async () => {
      for (const { log, dispose } of open.splice(0)) {
        await log.close();
        await dispose?.();
      }
    });

    it('begins empty', async () => {
      const { log } = await start();
      expect(log.count).toBe(0);
      expect(log.counts).toEqual({ entries: 0, events: 0, comments: 0, attempts: 0, bodyBytes: 0 });
      expect((await log.readRecords(0, 10)).byteLength).toBe(0);
      expect(await log.readWire(0, 10)).toHaveLength(0);
      expect(await log.journal()).toEqual([]);
      expect(await log.readsIn(0, 10)).toEqual([]);
    });

    it('can be read at once, before anything is flushed', async () => {
      const { log } = await start();
      log.appendEntry(attemptStart(1), 1);
      log.appendWire(Buffer.from('data: 1\n\n'), 2.5, 1);
      const seq = log.appendFrame(frameRecord({ length: 9, atMs: 2.5 }), 'message');
      expect(seq).toBe(1);
      expect(log.counts).toEqual({ entries: 2, events: 1, comments: 0, attempts: 1, bodyBytes: 9 });
      expect(log.lastAtMs).toBe(2.5);
      expect(Buffer.from(await log.readWire(0, 100)).toString()).toBe('data: 1\n\n');
      expect(await log.readsIn(3, 1)).toEqual([{ number: 0, offset: 0, length: 9, atMs: 2.5, attempt: 1 }]);
    });

    it('clamps what is asked for to what there is', async () => {
      const { log } = await start();
      log.appendWire(Buffer.from('abc'), 0, 1);
      log.appendFrame(frameRecord({ length: 3 }), 'message');
      expect(await recordsOf(log, 0, 99)).toHaveLength(1);
      expect(await recordsOf(log, 5, 99)).toHaveLength(0);
      expect(await log.readWire(2, 99)).toHaveLength(1);
      expect(await log.readWire(99, 1)).toHaveLength(0);
    });

    it('lets the last frame grow after it was flushed, and after other entries', async () => {
      const { log, reopen } = await start();
      log.appendWire(Buffer.from('data: 1\n\r'), 0, 1);
      log.appendFrame(frameRecord({ length: 9 }), 'message');
      await log.flush();
      log.appendEntry({ kind: 'capture-notice', code: 'oversize', message: 'in between' }, 1);
      await log.flush();
      log.appendWire(Buffer.from('\n'), 1, 1);
      log.extendLastFrame();
      expect((await recordsOf(log)).map((record) => record.length)).toEqual([10, expect.any(Number)]);
      if (reopen) expect((await recordsOf(await reopen()))[0]?.length).toBe(10);
    });

    it('gives names that do not fit the table a number of their own', async () => {
      const { log } = await start();
      log.appendFrame(frameRecord(), 'x'.repeat(5000));
      log.appendFrame(frameRecord(), 'goal');
      expect((await recordsOf(log)).map((record) => record.typeNumber)).toEqual([MAX_TYPE_NUMBER, 0]);
      expect(log.eventTypes).toEqual(['goal']);
    });

    it('tells listeners once for many appends, until they leave', async () => {
      const { log } = await start();
      let calls = 0;
      const leave = log.onAppend(() => (calls += 1));
      for (let at = 0; at < 10; at += 1) log.appendWire(Buffer.from('x'), at, 1);
      expect(calls).toBe(0);
      await new Promise((resolve) => setImmediate(resolve));
      expect(calls).toBe(1);
      leave();
      log.appendWire(Buffer.from('x'), 11, 1);
      await new Promise((resolve) => setImmediate(resolve));
      expect(calls).toBe(1);
    });

    it.each([1, 2, 3, 4, 5, 6])('equals a plain list after random appends (seed %i)', async (seed) => {
      const { log, reopen } = await start();
      const model = createModel();
      const random = seededRandom(seed);
      for (let step = 0; step < 400; step += 1) {
        appendSomething(log, model, random, step / 4);
        if (random() < 0.05) await log.flush();
        else if (random() < 0.06) await log.drained();
        if (random() < 0.02) await expectSame(log, model);
      }
      await expectSame(log, model);
      if (reopen) await expectSame(await reopen(), model);
    });
  });
}
