import { expect, it } from 'vitest';
import { headForReplay } from '../../../../src/shared/replay/head-for-replay.ts';
import { takesOf } from '../../../../src/shared/replay/takes.ts';
import { stagedLog } from '../../../support/replay-stage.ts';

const THREE = stagedLog([
  { reads: [[1, 'no']], status: 503 },
  { reads: [[5, 'data: a\n\n']], failed: 'truncated' },
  { reads: [[5, 'data: b\n\n']], failed: 'reset' },
]);

it('are the answered attempts; the streams among them make up the whole', async () => {
  const { each, whole, path } = takesOf(await THREE.journal(), THREE.count, THREE.lastAtMs);
  expect(path).toBe('/events');
  expect(each.map(({ attempt, accepted, how }) => [attempt, accepted, how])).toEqual([
    [1, false, 'complete'],
    [2, true, 'cut'],
    [3, true, 'reset'],
  ]);
  expect(whole.map(({ attempt }) => attempt)).toEqual([2, 3]);
  expect(each.every(({ headMs, startMs, endMs }) => startMs < headMs && headMs <= endMs)).toBe(true);
  expect(each.map(({ toSeq }) => toSeq)).toEqual([
    ...each.slice(1).map(({ fromSeq }) => fromSeq),
    THREE.count,
  ]);
});

it('are all of them when none was a stream, and none when nothing answered', async () => {
  const refused = stagedLog([{ reads: [[1, 'no']], status: 404 }]);
  expect(takesOf(await refused.journal(), refused.count, 10).whole).toHaveLength(1);
  const start = (await refused.journal()).slice(0, 1);
  const end = (await refused.journal()).slice(-1);
  expect(takesOf([...start, ...end], 2, 10)).toMatchObject({ each: [], whole: [] });
});

it('have a head without what is about one connection', () => {
  expect(headForReplay(null, 'ndjson')).toMatchObject({
    status: 200,
    headers: [
      ['content-type', 'application/x-ndjson'],
      ['cache-control', 'no-cache'],
      ['x-streamscope-replay', 'no recorded head'],
    ],
  });
});
