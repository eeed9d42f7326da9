import { describe, expect, it } from 'vitest';
import { createNodeByteText } from '../../../../src/main/capture/node-byte-text.ts';
import { createFrameText } from '../../../../src/main/sessions/frame-text.ts';
import { createLocalScans } from '../../../../src/main/search/local-scans.ts';
import { createRowView, type RowViewProgress } from '../../../../src/main/sessions/row-view.ts';
import type { RowFilter } from '../../../../src/shared/filter/row-filter.ts';
import { NO_ANNOTATIONS } from '../../../../src/shared/session/annotations.ts';
import type { SessionReader } from '../../../../src/shared/session/log.ts';
import { createMemoryLog } from '../../../../src/shared/session/memory-log.ts';
import { createRecorder } from '../../../../src/shared/session/recorder.ts';
import { seededRandom } from '../../../support/seeded-random.ts';
import { recordAttempts } from '../../../support/session-folder.ts';

const byteText = createNodeByteText();
const scans = createLocalScans({ frameText: createFrameText(byteText) });

/** Opens a view and waits until it has looked at everything. */
async function viewOf(reader: SessionReader, filter: Partial<RowFilter>) {
  let told: RowViewProgress | null = null;
  let failure: unknown = null;
  const view = createRowView({
    reader,
    filter: { hiddenKinds: [], text: '', ...filter },
    scans,
    annotations: NO_ANNOTATIONS,
    onProgress: (progress) => (told = progress),
    onError: (error) => (failure = error),
  });
  const settle = () => expect.poll(() => failure ?? told?.scanned, { timeout: 10_000 }).toBe(reader.count);
  await settle();
  return { view, settle, rows: () => [...view.seqs(0, Infinity)] };
}

const STREAM = [
  ': Hello\n\nretry: 10\n\nid: 7\n\nevent: goal\ndata: Müller scores\n\n',
  'event: card\ndata: {"team":"ARSENAL"}\nid: 42\n\n',
  'data: two lines\ndata: arsenal here\n\nevent: ping\n\nfoo\n\n',
];

describe('a filtered view', () => {
  it.each<[string, number[]]>([
    ['', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['arsenal', [6, 7]],
    ['-arsenal', [0, 1, 2, 3, 4, 5, 8, 9, 10]],
    ['"Müller scores"', [5]],
    ['"lines\narsenal"', [7]],
    ['"id: 42"', []],
    ['type:goal', [5]],
    ['kind:comment', [2]],
    ['hello', [2]],
    ['"reconnection time: 10"', [3]],
    ['"last event id: 7"', [4]],
    ['id:42', [6]],
    ['id:7', [4]],
    ['data~/^two.*\\nars/', [7]],
    ['data~/"team":"\\w+"/', [6]],
    ['size>40', [6]],
    ['attempt 1', [0]],
    ['text/event-stream', [1]],
    ['event: -type:ping', [8]],
    ['nowhere', []],
    ['arsenal or hello', [2, 6, 7]],
    ['(arsenal -type:card) or kind:retry', [3, 7]],
    ['json.team=ARSENAL', [6]],
    ['json.team', [6]],
    ['gap>=0', [6, 7]],
  ])('of %j shows the rows %j', async (text, rows) => {
    const log = createMemoryLog({ sessionId: 's', maxBytes: 1_000_000 });
    recordAttempts(log, [STREAM]);
    const { view, rows: found } = await viewOf(log, { text });
    expect(found()).toEqual(rows);
    view.close();
  });

  it('gives up on a regular expression that would hold everything up, and says so', async () => {
    const log = createMemoryLog({ sessionId: 's', maxBytes: 1_000_000 });
    recordAttempts(log, [[`data: ${'a'.repeat(60)}b\n\n`]]);
    const failures: (string | null)[] = [];
    const view = createRowView({
      reader: log,
      filter: { hiddenKinds: [], text: 'data~/(a+)+$/' },
      scans,
      annotations: NO_ANNOTATIONS,
      onProgress: ({ failure }) => failures.push(failure),
      onError: (error) => expect.fail(String(error)),
    });
    await expect.poll(() => failures.at(-1), { timeout: 20_000 }).toMatch(/takes too long/);
    view.close();
  });

  it('hides kinds', async () => {
    const log = createMemoryLog({ sessionId: 's', maxBytes: 1_000_000 });
    recordAttempts(log, [STREAM]);
    const hiddenKinds = ['comment', 'attempt-start', 'response-head', 'attempt-end', 'unknown'] as const;
    const { view, rows } = await viewOf(log, { hiddenKinds });
    expect(rows()).toEqual([3, 4, 5, 6, 7, 8]);
    view.close();
  });

  it('says where a filter cannot be read', () => {
    const log = createMemoryLog({ sessionId: 's', maxBytes: 1_000_000 });
    const open = () =>
      createRowView({
        reader: log,
        filter: { hiddenKinds: [], text: 'data~/(/' },
        scans,
        annotations: NO_ANNOTATIONS,
        onProgress: () => {},
        onError: () => {},
      });
    expect(open).toThrow(/characters 6 to 8/);
  });

  it('equals asking each entry, over many blocks and stretches', async () => {
    const random = seededRandom(5);
    const words = ['goal', 'GOAL', 'go al', 'Goälß', 'x'.repeat(3000), 'y'];
    const texts = Array.from({ length: 9000 }, () =>
      Array.from(
        { length: 1 + Math.floor(random() * 3) },
        () => words[Math.floor(random() * words.length)],
      ).join(' '),
    );
    const log = createMemoryLog({ sessionId: 's', maxBytes: 512 * 1024 * 1024 });
    recordAttempts(log, [[texts.map((text) => `data: ${text}\n\n`).join('')]]);
    const { view, rows } = await viewOf(log, { text: 'goal kind:event' });
    const expected = texts.flatMap((text, at) => (/goal/i.test(text) ? [at + 2] : []));
    expect(rows()).toEqual(expected);
    expect(view.rowOfEntry(expected[100] as number)).toBe(100);
    expect(view.rowOfEntry((expected[100] as number) + 1)).toBe(101);
    expect(view.rowOfEntry(1e9)).toBe(expected.length);
    expect([...view.seqs(10, 3)]).toEqual(expected.slice(10, 13));
    view.close();
  });

  it('follows a session that grows, until it is closed', async () => {
    const log = createMemoryLog({ sessionId: 's', maxBytes: 1_000_000 });
    const recorder = createRecorder({ log, byteText });
    recorder.beginBody(1, 'sse');
    const { view, settle, rows } = await viewOf(log, { text: 'odd' });
    for (let at = 0; at < 5; at += 1) {
      recorder.read(Buffer.from(`data: ${at % 2 ? 'odd' : 'even'}\n\n`), at);
      if (at === 2) await settle();
    }
    await settle();
    expect(rows()).toEqual([1, 3]);
    view.close();
    recorder.read(Buffer.from('data: odd\n\n'), 9);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(rows()).toEqual([1, 3]);
  });

  it('reports a session that cannot be read', async () => {
    const log = createMemoryLog({ sessionId: 's', maxBytes: 1_000_000 });
    recordAttempts(log, [STREAM]);
    const broken = Object.create(log) as SessionReader;
    Object.defineProperty(broken, 'readRecords', { value: () => Promise.reject(new Error('gone')) });
    const failed = new Promise((resolve) => {
      createRowView({
        reader: broken,
        filter: { hiddenKinds: [], text: 'x' },
        scans,
        annotations: NO_ANNOTATIONS,
        onProgress: () => {},
        onError(this: void, error) {
          resolve(error);
        },
      });
    });
    await expect(failed).resolves.toMatchObject({ message: 'gone' });
  });
});
