import { describe, expect, it } from 'vitest';
import { createNodeByteText } from '../../../../src/main/capture/node-byte-text.ts';
import { createTimelineQuery, MAX_LANES } from '../../../../src/main/sessions/timeline-query.ts';
import { createMemoryLog } from '../../../../src/shared/session/memory-log.ts';
import { createRecorder } from '../../../../src/shared/session/recorder.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

interface Sent {
  readonly atMs: number;
  readonly type: string;
  readonly bytes: number;
}

/** A session with `count` events of a few types at uneven times. */
function session(count: number, types: number, seed = 1) {
  const random = seededRandom(seed);
  const log = createMemoryLog({ sessionId: 's', maxBytes: 512 * 1024 * 1024 });
  const recorder = createRecorder({ log, byteText: createNodeByteText() });
  recorder.beginBody(1, 'sse');
  const sent: Sent[] = [];
  let atMs = 0;
  function send(more: number): void {
    for (let at = 0; at < more; at += 1) {
      atMs += random() < 0.01 ? 500 * random() : random();
      const type = `type-${Math.floor(random() * types)}`;
      const text = `event: ${type}\ndata: ${'x'.repeat(Math.floor(random() * 30))}\n\n`;
      recorder.read(Buffer.from(text), atMs);
      sent.push({ atMs, type, bytes: text.length });
    }
  }
  send(count);
  return { log, recorder, sent, send, endMs: () => atMs };
}

function countPlainly(sent: readonly Sent[], fromMs: number, toMs: number, buckets: number) {
  const lanes = new Map<string, number[]>();
  const bytes = Array.from({ length: buckets }, () => 0);
  for (const { atMs, type, bytes: length } of sent) {
    const lane = lanes.get(type) ?? Array.from({ length: buckets }, () => 0);
    lanes.set(type, lane);
    if (atMs < fromMs || atMs > toMs) continue;
    const bucket = Math.min(buckets - 1, Math.floor((atMs - fromMs) / ((toMs - fromMs) / buckets)));
    lane[bucket] = (lane[bucket] ?? 0) + 1;
    bytes[bucket] = (bytes[bucket] ?? 0) + length;
  }
  return { lanes, bytes };
}

describe('the timeline', () => {
  it.each([
    ['whole session', 0, 1],
    ['a stretch', 0.3, 0.6],
    ['a glimpse', 0.5, 0.5001],
    ['beyond both ends', -0.5, 1.5],
    ['nothing at all', 2, 3],
  ])('counts %s exactly', async (_, from, to) => {
    const { log, sent, endMs } = session(12_345, 4);
    const timeline = createTimelineQuery(log);
    for (const buckets of [1, 7, 800]) {
      const [fromMs, toMs] = [from * endMs(), to * endMs()];
      const slice = await timeline.slice({ fromMs, toMs, buckets });
      const plain = countPlainly(sent, fromMs, toMs, buckets);
      expect(slice.lanes.map((lane) => lane.name)).toEqual([...plain.lanes.keys()]);
      for (const lane of slice.lanes) expect([...lane.counts]).toEqual(plain.lanes.get(lane.name));
      expect([...slice.bytes]).toEqual(plain.bytes);
      expect(slice.sessionEndMs).toBe(endMs());
    }
  });

  it('keeps up with a session that grows', async () => {
    const { log, sent, send, endMs } = session(1000, 2);
    const timeline = createTimelineQuery(log);
    for (let round = 0; round < 4; round += 1) {
      const slice = await timeline.slice({ fromMs: 0, toMs: endMs(), buckets: 10 });
      const total = slice.lanes.flatMap((lane) => [...lane.counts]).reduce((sum, count) => sum + count, 0);
      expect(total).toBe(sent.length);
      send(777);
    }
  });

  it('gives frames that are no events lanes of their kind, and journal entries none', async () => {
    const { log, recorder } = session(3, 1);
    recorder.read(Buffer.from(': hi\n\nretry: 1\n\n'), 5);
    recorder.entry({ kind: 'capture-notice', code: 'oversize', message: '' }, 6);
    const slice = await createTimelineQuery(log).slice({ fromMs: 0, toMs: 10, buckets: 1 });
    expect(slice.lanes.map(({ name, isEventType, counts }) => [name, isEventType, counts[0]])).toEqual([
      ['type-0', true, 3],
      ['comment', false, 1],
      ['retry', false, 1],
    ]);
  });

  it('puts the rarest types into one lane when there are many', async () => {
    const { log, sent, endMs } = session(5000, 60);
    const slice = await createTimelineQuery(log).slice({ fromMs: 0, toMs: endMs(), buckets: 3 });
    expect(slice.lanes).toHaveLength(MAX_LANES);
    expect(slice.lanes.at(-1)).toMatchObject({ name: 'other', isEventType: false });
    expect(slice.lanes.flatMap((lane) => [...lane.counts]).reduce((sum, count) => sum + count)).toBe(
      sent.length,
    );
  });

  it('answers for a session without entries, and for a stretch without length', async () => {
    const empty = createTimelineQuery(createMemoryLog({ sessionId: 's', maxBytes: 1000 }));
    expect(await empty.slice({ fromMs: 0, toMs: 0, buckets: 2 })).toMatchObject({
      lanes: [],
      sessionEndMs: 0,
    });
  });
});
