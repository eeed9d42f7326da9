/** Every way of looking through a session finds what asking each of its entries would. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { createLocalScans } from '../../../src/main/search/local-scans.ts';
import { createScanWorkers } from '../../../src/main/search/scan-workers.ts';
import { createFrameText } from '../../../src/main/sessions/frame-text.ts';
import { readerOf } from '../../../src/shared/session/annotations.ts';
import { createMemoryLog } from '../../../src/shared/session/memory-log.ts';
import { naiveMatches } from '../../support/naive-matches.ts';
import { queryOf, recordBodies, scanned } from '../../support/scanned.ts';
import { buildSearchWorker, type BuiltWorker } from '../../support/search-worker.ts';
import { openRecorded, startRecording, temporaryFolder } from '../../support/session-folder.ts';

const frameText = createFrameText(createNodeByteText());
let built: BuiltWorker;
beforeAll(async () => {
  built = await buildSearchWorker();
});
afterAll(() => built.remove());

const word = fc.constantFrom(
  'goal',
  'GOAL',
  'Arsenal',
  'arsenal',
  'é',
  'É',
  '\u212a',
  'ſ',
  '😀',
  '\ufffd',
  'x1',
  '12',
  ' ',
  '"',
  '\\u0067oal',
  '/',
  'data',
);
const line = fc.array(word, { maxLength: 5 }).map((words) => words.join(''));
const json = fc
  .record({ team: fc.constantFrom('Arsenal', 'goal', '3', 'é'), n: fc.integer({ min: -3, max: 12 }) })
  .map((value) => `data: ${JSON.stringify(value)}`);
const field = fc.oneof(
  line.map((text) => `data: ${text}`),
  line.map((text) => `data:${text}`),
  json,
  fc.constantFrom(
    'event: goal',
    'event: card',
    'id: 7',
    'id',
    'retry: 10',
    'data',
    'database: goal',
    ': goal',
    'foo: Arsenal',
  ),
);
const end = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r');
const block = fc
  .tuple(fc.array(field, { minLength: 1, maxLength: 4 }), end)
  .map(([fields, lineEnd]) => `${fields.join(lineEnd)}${lineEnd}${lineEnd}`);
const body = fc.record({
  text: fc
    .tuple(fc.constantFrom('', '\ufeff'), fc.array(block, { maxLength: 25 }))
    .map(([bom, all]) => bom + all.join('')),
  cut: fc.integer({ min: 1, max: 60 }),
});
const regexes = [
  '/goal/',
  '/GO+AL/i',
  '/^goal/',
  '/goal$/',
  '/^goal$/m',
  '/Arsenal|goal/',
  '/a.s/i',
  '/[A-Z]{2}/',
  '/[^a-z]l/',
  '/\\s/',
  '/l\\sA/',
  '/\\d\\d/',
  '/\\D\\d/',
  '/x?\\d+/',
  '/(go)al\\1/',
  '/(?<=go)al/',
  '/k/iu',
  '/\\bgoal\\b/',
  '/go\\nal|l\\n/',
  '/[\\s\\S]goal/',
  '/.goal/s',
  '/a*/',
  '/[-é]/',
  '/😀/u',
  '/./u',
  '/^.$/',
  '/^.$/u',
  '/"team":"A/',
  '/[^"]*"n":1/',
  '/^$/',
  '/(?:goal|x1)+ /',
  '/^\\{/',
  '/[^-]$/',
];
const term = fc.oneof(
  word.map((text) => JSON.stringify(text)),
  fc.tuple(word, word).map((two) => JSON.stringify(two.join(''))),
  fc.constantFrom(...regexes).map((regex) => `data~${regex}`),
  fc.constantFrom(
    'type:goal',
    'type~go',
    'kind:comment',
    'kind:retry',
    'id:7',
    'id:""',
    'size>20',
    'gap>5ms',
    'gap=0',
    'attempt:2',
    'at<0.05',
    'time:0.01-0.1',
    'json.team=Arsenal',
    'json.n>=3',
    'json.team',
    'json.team~/^g/',
    'data=goal',
    'data="goal\\ngoal"',
    'json.team="é"',
    'bookmarked',
  ),
);
const queries = fc.oneof(
  term,
  fc.tuple(term, term).map(([a, b]) => `${a} ${b}`),
  fc.tuple(term, term).map(([a, b]) => `${a} or ${b}`),
  fc.tuple(term, term, term).map(([a, b, c]) => `-${a} (${b} or ${c})`),
);

describe('what a scan finds', () => {
  const bodies = fc.array(body, { minLength: 1, maxLength: 2 });
  const asked = fc.array(queries, { minLength: 4, maxLength: 8 });

  it('in memory is what asking each entry finds', async () => {
    const scans = createLocalScans({ frameText, limitMs: 20_000 });
    await fc.assert(
      fc.asyncProperty(bodies, asked, async (streams, texts) => {
        const log = createMemoryLog({ sessionId: 's', maxBytes: 10_000_000 });
        recordBodies(log, streams);
        for (const text of texts)
          expect({ text, seqs: await scanned(scans, log, text, 2) }).toEqual({
            text,
            seqs: await naiveMatches(log, queryOf(text)),
          });
      }),
      { numRuns: 150 },
    );
  });

  it('in another thread is the same, of files, of what is not in them yet, and of what has none', async () => {
    const folder = await temporaryFolder({ inMemory: true });
    const path = `${folder.path}/session`;
    const threads = createScanWorkers({
      workerFile: built.file,
      folderOf: (id) => (id === 'session' ? path : null),
      limitMs: 20_000,
    });
    const local = createLocalScans({ frameText, limitMs: 20_000 });
    const streams = fc.sample(body, { numRuns: 30, seed: 3 });
    const texts = fc.sample(queries, { numRuns: 60, seed: 4 });
    const memory = createMemoryLog({ sessionId: 'none', maxBytes: 10_000_000 });
    const recording = await startRecording(path);
    try {
      for (const log of [memory, recording.log]) recordBodies(log, streams.slice(0, 20));
      await recording.log.flush();
      for (const log of [memory, recording.log]) recordBodies(log, streams.slice(20));
      expect(recording.log.storedBytes?.().index).toBeLessThan(recording.log.count * 32);
      for (const text of texts) {
        const seqs = await scanned(local, memory, text);
        expect({ text, seqs: await scanned(threads, memory, text, 3) }).toEqual({ text, seqs });
        expect({ text, seqs: await scanned(threads, recording.log, text) }).toEqual({ text, seqs });
      }
      await recording.finish('ended');
      await recording.closeFiles();
      const opened = await openRecorded(path);
      expect(opened.reader.storedBytes?.().index).toBe(memory.count * 32);
      for (const text of texts)
        expect({ text, seqs: await scanned(threads, opened.reader, text) }).toEqual({
          text,
          seqs: await scanned(local, memory, text),
        });
      await opened.close();
    } finally {
      await threads.close();
      await folder.remove();
    }
  });

  it('knows bookmarks and notes', async () => {
    const log = createMemoryLog({ sessionId: 's', maxBytes: 1_000_000 });
    recordBodies(log, [{ text: 'data: a\n\ndata: b\n\ndata: c\n\n', cut: 100 }]);
    const threads = createScanWorkers({ workerFile: built.file, folderOf: () => null });
    const annotations = readerOf([
      { seq: 1, bookmarked: true, note: '' },
      { seq: 3, bookmarked: false, note: 'Wrong' },
    ]);
    const all: number[] = [];
    const request = {
      reader: log,
      query: queryOf('bookmarked or note~wrong'),
      annotations,
      from: 0,
      to: log.count,
      lastEventAtMs: null,
    };
    await threads.scan(request, (seqs) => all.push(...seqs)).done;
    expect(all).toEqual([1, 3]);
    await threads.close();
  });
});
