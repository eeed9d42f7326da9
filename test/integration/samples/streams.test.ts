import { request, type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { ODDITIES } from '../../../src/main/samples/oddities-route.ts';
import { SAMPLE_NODES } from '../../../src/main/samples/sample-endpoints.ts';
import { postJson, readStream, startSamples, stopSamples } from './sample-client.ts';

afterEach(stopSamples);

describe('heartbeat and resume', () => {
  it('breaks the connection again and again, and over all connections nothing is lost', async () => {
    const origin = await startSamples();
    const beats: number[] = [];
    const ways: string[] = [];
    let lastEventId = '';
    for (let round = 0; round < 6; round += 1) {
      const headers = lastEventId === '' ? {} : { 'last-event-id': lastEventId };
      const seen = await readStream(`${origin}/samples/heartbeat?drop=5`, { headers });
      expect(seen.retry).toBe(1000);
      expect(
        seen.events.every(({ type, id, data }) => type === 'beat' && data.includes(`"beat":${id},`)),
      ).toBe(true);
      beats.push(...seen.events.map(({ id }) => Number(id)));
      ways.push(seen.how);
      lastEventId = seen.lastEventId;
    }
    expect(beats).toEqual(beats.map((_, at) => (beats[0] ?? 0) + at));
    // A broken connection may take the last of what was sent with it; it is sent again.
    expect(beats.length).toBeGreaterThan(15);
    expect(new Set(ways)).toEqual(new Set(['end', 'broken']));
  });

  it('sends comments between the events, and says so when it resumes', async () => {
    const origin = await startSamples();
    const first = await readStream(`${origin}/samples/heartbeat?drop=4`);
    expect(first.comments.filter((text) => text === '').length).toBeGreaterThanOrEqual(2);
    const second = await readStream(`${origin}/samples/heartbeat?drop=4`, {
      headers: { 'last-event-id': '1' },
    });
    expect(second.comments[0]).toBe('resuming after 1');
    expect(second.events[0]?.id).toBe('2');
  });

  it.each(['soon', '9'.repeat(30), '900000'])('begins with what is due for the foreign id %j', async (id) => {
    const origin = await startSamples();
    const { events } = await readStream(`${origin}/samples/heartbeat?drop=2`, {
      headers: { 'last-event-id': id },
    });
    expect(events.map((event) => event.id)).toEqual(['1', '2']);
  });
});

describe('wire oddities', () => {
  it('are served byte by byte as they are listed, and end in mid-block', async () => {
    const origin = await startSamples();
    const { bytes, lastEventId, retry, how } = await readStream(`${origin}/samples/oddities`);
    expect(Buffer.compare(bytes, Buffer.concat(ODDITIES.map((piece) => Buffer.from(piece))))).toBe(0);
    expect([lastEventId, retry, how]).toEqual(['', 3000, 'end']);
  });

  it('show every rule: what is said in the data is what happens', async () => {
    const origin = await startSamples();
    const { events, comments } = await readStream(`${origin}/samples/oddities`);
    const data = events.map((event) => event.data);
    expect(comments[0]).toBe('a byte order mark came first, in two pieces');
    expect(data).toContain('every kind\nof line end\nin one block');
    expect(data).toContain('cut in the middle of a character: 🐟');
    expect(data).toContain('bytes that are not UTF-8: \uFFFD\uFFFD\uFFFD(');
    expect(data).toContain('four lines above are ignored');
    expect(data).toContain('a comment\nchanges nothing');
    expect(events.find((event) => event.type === 'shown-empty')?.data).toBe('');
    expect(events.some(({ type }) => type === 'never-shown' || type === 'lost' || type === 'first')).toBe(
      false,
    );
  });
});

describe('firehose', () => {
  const numbers = (events: readonly { id: string | null }[]) => events.map(({ id }) => Number(id));

  it('sends exactly as many events as asked for, each with its number and of the size asked for', async () => {
    const origin = await startSamples();
    const { events, bytes, how } = await readStream(
      `${origin}/samples/firehose?rate=max&count=10000&size=330`,
    );
    expect(how).toBe('end');
    expect(numbers(events)).toEqual(Array.from({ length: 10_000 }, (_, n) => n));
    expect(bytes.length).toBe(3_300_000);
    expect(JSON.parse(events[4711]?.data ?? '')).toMatchObject({ n: 4711 });
  });

  it('keeps to a rate', async () => {
    const origin = await startSamples();
    const { events } = await readStream(`${origin}/samples/firehose?rate=2000&count=500&size=0`);
    expect(numbers(events)).toEqual(Array.from({ length: 500 }, (_, n) => n));
  });

  it('goes on behind the last event ID, and says 204 when there is no more', async () => {
    const origin = await startSamples();
    const url = `${origin}/samples/firehose?rate=max&count=50`;
    const rest = await readStream(url, { headers: { 'last-event-id': '44' } });
    expect(numbers(rest.events)).toEqual([45, 46, 47, 48, 49]);
    expect((await fetch(url, { headers: { 'last-event-id': '49' } })).status).toBe(204);
  });

  it('waits for a client that does not read, and answers others meanwhile', async () => {
    const origin = await startSamples();
    const unread = await new Promise<IncomingMessage>((resolve, reject) => {
      request(`${origin}/samples/firehose?rate=max&size=100000`, (response) => resolve(response.pause()))
        .on('error', reject)
        .end();
    });
    // A server that did not wait would be busy for ever with the first one.
    for (let asked = 0; asked < 20; asked += 1) {
      expect((await fetch(`${origin}/nothing`)).status).toBe(404);
    }
    unread.destroy();
  });

  it.each(['rate=fast', 'rate=0', 'size=-1', 'count=1e3', 'size=99999999'])('refuses %s', async (query) => {
    const origin = await startSamples();
    const response = await fetch(`${origin}/samples/firehose?${query}`);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { message: string }).message).toContain(query.split('=')[0]);
  });
});

describe('the samples server', () => {
  it('is on loopback, refuses what it does not know, and stops with streams open', async () => {
    const origin = await startSamples();
    expect(new URL(origin).hostname).toBe('127.0.0.1');
    expect((await fetch(`${origin}/nothing`)).status).toBe(404);
    const wrong = await fetch(`${origin}/v1/chat/completions`);
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
    const large = await postJson(`${origin}/api/v1/live-scores`, ' '.repeat(2_000_000));
    expect(large.status).toBe(413);
    const open = await fetch(`${origin}/samples/firehose?rate=10`);
    await stopSamples();
    await expect(open.text()).rejects.toThrow();
    await expect(fetch(origin)).rejects.toThrow();
  });

  it('serves every saved endpoint', async () => {
    const origin = await startSamples();
    const ids = SAMPLE_NODES.map((node) => node.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const node of SAMPLE_NODES) {
      if (node.kind === 'folder') continue;
      expect(node.parentId).toBe('samples');
      expect(node.note).toMatch(/\.$/);
      const { method, body, url, headers } = node.request;
      const { response, events } = await readStream(
        url.replace('{{samples}}', origin),
        {
          method,
          headers: headers.map(({ name, value }): [string, string] => [name, value]),
          ...(body.kind === 'none' ? {} : { body: body.text }),
        },
        (seen) => seen.length > 0,
      );
      expect(response.status, node.name).toBe(200);
      expect(events.length, node.name).toBeGreaterThan(0);
    }
  });
});

describe('the samples of protocols', () => {
  it.each(['/samples/mcp', '/samples/ag-ui'])('%s says what is wrong with a body', async (path) => {
    const origin = await startSamples();
    for (const body of ['not json', '[]', '{}', '3', 'null']) {
      expect((await postJson(`${origin}${path}`, body)).status).toBe(400);
    }
  });

  it('take a notification of MCP without an answer', async () => {
    const origin = await startSamples();
    const body = { jsonrpc: '2.0', method: 'notifications/initialized' };
    expect((await postJson(`${origin}/samples/mcp`, body)).status).toBe(202);
  });
});
