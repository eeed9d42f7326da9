import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { SamplePace } from '../../../src/main/samples/sample-route.ts';
import { instantPace, postJson, readStream, startSamples, stopSamples } from './sample-client.ts';

afterEach(stopSamples);

const PATH = '/api/v1/live-scores';
const SCORE = {
  homeTeam: 'A',
  awayTeam: 'B',
  homeScore: 1,
  awayScore: 0,
  updateDate: '2026-06-01T12:00:00Z',
};

/** No goal falls by itself. */
const noMatch: SamplePace = {
  ...instantPace(),
  sleep: (_ms, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
};

describe('live scores', () => {
  it('plays a match: every event is a goal that raises one score by one', async () => {
    const origin = await startSamples();
    const { events, response } = await readStream(origin + PATH, {}, (seen) => seen.length >= 20);
    expect(response.headers.get('content-type')).toBe('text/event-stream;charset=UTF-8');
    expect(events.every(({ type, id }) => type === 'goal' && id === null)).toBe(true);
    const scores = events.map(({ data }) => JSON.parse(data) as typeof SCORE);
    expect(Object.keys(scores[0] ?? {})).toEqual(Object.keys(SCORE));
    for (const [at, score] of scores.entries()) {
      const before = scores[at - 1];
      const same = before?.homeTeam === score.homeTeam;
      const base = same ? before.homeScore + before.awayScore : 0;
      expect(score.homeScore + score.awayScore).toBe(base + 1);
      expect(score.homeTeam).not.toBe(score.awayTeam);
    }
    expect(new Set(scores.map((score) => score.homeTeam)).size).toBeGreaterThan(1);
  });

  it('is on the wire as Spring WebFlux writes it, byte by byte', async () => {
    const origin = await startSamples(noMatch);
    const { hostname, port } = new URL(origin);
    const socket = connect(Number(port), hostname);
    let wire = '';
    socket.setEncoding('utf8');
    const until = (text: string) =>
      new Promise<void>((resolve) => {
        const look = () => wire.includes(text) && (socket.off('data', look), resolve());
        socket.on('data', look);
      });
    socket.on('data', (text: string) => (wire += text));
    const open = until('\r\n\r\n');
    socket.write(`GET ${PATH} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
    await open;
    expect(wire).toContain('HTTP/1.1 200 OK\r\n');
    expect(wire.toLowerCase()).toContain('content-type: text/event-stream;charset=utf-8\r\n');
    const goal = until('}\n\n');
    expect((await postJson(origin + PATH, SCORE)).status).toBe(201);
    await goal;
    expect(wire).toContain(`\r\nevent:goal\ndata:${JSON.stringify(SCORE)}\n\n\r\n`);
    socket.destroy();
  });

  it('answers a POST with 201 and its body, and hands it to every subscriber', async () => {
    const origin = await startSamples(noMatch);
    const both = [1, 2].map(() => readStream(origin + PATH, {}, (seen) => seen.length >= 1));
    let posted = false;
    // Subscribing has no answer of its own: post until both have seen one.
    const done = Promise.all(both).then((seen) => ((posted = true), seen));
    while (!posted) {
      const response = await postJson(origin + PATH, SCORE);
      expect(response.status).toBe(201);
      expect(await response.json()).toEqual(SCORE);
    }
    for (const { events } of await done) expect(JSON.parse(events[0]?.data ?? '')).toEqual(SCORE);
  });

  it('fills in a date that is missing', async () => {
    const origin = await startSamples();
    const { updateDate: _, ...undated } = SCORE;
    const score = (await (await postJson(origin + PATH, undated)).json()) as typeof SCORE;
    expect(Date.parse(score.updateDate)).toBeGreaterThan(0);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[1]'],
    ['no team', { ...SCORE, homeTeam: undefined }],
    ['an empty team', { ...SCORE, awayTeam: '' }],
    ['half a goal', { ...SCORE, homeScore: 0.5 }],
    ['a negative score', { ...SCORE, awayScore: -1 }],
    ['a date that is no text', { ...SCORE, updateDate: {} }],
  ])('refuses a POST with %s', async (_what, body) => {
    const origin = await startSamples();
    const response = await postJson(origin + PATH, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ status: 400, error: 'Bad Request', path: PATH });
  });
});
