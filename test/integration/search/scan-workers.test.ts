import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createScanWorkers } from '../../../src/main/search/scan-workers.ts';
import { NO_ANNOTATIONS } from '../../../src/shared/session/annotations.ts';
import type { SessionReader } from '../../../src/shared/session/log.ts';
import { createMemoryLog } from '../../../src/shared/session/memory-log.ts';
import { queryOf, recordBodies, scanned } from '../../support/scanned.ts';
import { buildSearchWorker, type BuiltWorker } from '../../support/search-worker.ts';

let built: BuiltWorker;
beforeAll(async () => {
  built = await buildSearchWorker();
});
afterAll(() => built.remove());

describe('a scan in another thread', () => {
  it('is ended when a regular expression holds it up, and the next one works', async () => {
    const log = createMemoryLog({ sessionId: 's', maxBytes: 1_000_000 });
    recordBodies(log, [{ text: `data: ${'a'.repeat(60)}b\n\n`, cut: 1000 }]);
    const threads = createScanWorkers({
      workerFile: built.file,
      folderOf: () => null,
      limitMs: 300,
      maxWorkers: 1,
    });
    await expect(scanned(threads, log, 'data~/(a+)+$/')).rejects.toMatchObject({ name: 'TookTooLong' });
    await expect(threads.ranges(queryOf('data~/(a+)+$/'), ['a'.repeat(60) + 'b'])).rejects.toMatchObject({
      name: 'TookTooLong',
    });
    expect(await scanned(threads, log, 'data~/a+b/')).toEqual([1]);
    expect(await threads.ranges(queryOf('data~/a+b/'), ['xaab'])).toEqual([[[1, 4]]]);
    await threads.close();
  });

  it('tells nothing more when it is cancelled', async () => {
    const log = createMemoryLog({ sessionId: 's', maxBytes: 100_000_000 });
    recordBodies(log, [{ text: 'data: goal\n\n'.repeat(100_000), cut: 65_536 }]);
    const threads = createScanWorkers({ workerFile: built.file, folderOf: () => null, maxWorkers: 1 });
    const request = {
      reader: log,
      query: queryOf('goal'),
      annotations: NO_ANNOTATIONS,
      from: 0,
      to: log.count,
      lastEventAtMs: null,
    };
    let told = 0;
    const first = threads.scan(request, () => (told += 1));
    const waiting = threads.scan(request, () => (told += 1));
    first.cancel();
    waiting.cancel();
    await Promise.all([first.done, waiting.done]);
    expect(told).toBe(0);
    expect((await scanned(threads, log, 'goal')).length).toBe(100_000);
    await threads.close();
  });

  it('says when the session cannot be read', async () => {
    const log = createMemoryLog({ sessionId: 's', maxBytes: 1_000_000 });
    recordBodies(log, [{ text: 'data: goal\n\n', cut: 100 }]);
    const broken = Object.create(log) as SessionReader;
    Object.defineProperty(broken, 'readWire', { value: () => Promise.reject(new Error('gone')) });
    const threads = createScanWorkers({ workerFile: built.file, folderOf: () => null });
    await expect(scanned(threads, broken, 'goal')).rejects.toThrow('gone');
    await threads.close();
  });
});
