import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { freePort, startProgram } from '../processes.mjs';
import { headerOf, record } from '../record.mjs';

export const name = 'MCP everything server';
export const packages = ['@modelcontextprotocol/server-everything'];

const ACCEPT = ['-H', 'Accept: application/json, text/event-stream', '-H', 'Content-Type: application/json'];

export async function run(check) {
  const folder = dirname(
    createRequire(import.meta.url).resolve('@modelcontextprotocol/server-everything/package.json'),
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/mcp`;
  const stop = await startProgram(
    process.execPath,
    [join(folder, 'dist', 'index.js'), 'streamableHttp'],
    url,
    {
      env: { ...process.env, PORT: String(port) },
    },
  );
  const post = (message, ...args) =>
    record(url, '-X', 'POST', ...ACCEPT, ...args, '-d', JSON.stringify({ jsonrpc: '2.0', ...message }));
  try {
    const params = {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'peers', version: '1' },
    };
    const hello = await post({ id: 1, method: 'initialize', params });
    const answer = hello.events.map((event) => event.data).find((data) => data.includes('serverInfo'));
    check('initialize is answered by an event', answer !== undefined, hello.errors);
    check(
      'events have ids to resume from',
      hello.events.every((event) => event.lastEventId !== ''),
    );
    const session = ['-H', `Mcp-Session-Id: ${headerOf(hello, 'mcp-session-id') ?? ''}`];
    await post({ method: 'notifications/initialized' }, ...session, '--read-as', 'text');
    const tools = await post({ id: 2, method: 'tools/list' }, ...session);
    check(
      'tools/list brings tools',
      tools.events.some((event) => event.data.includes('"echo"')),
    );
    const call = { id: 3, method: 'tools/call', params: { name: 'echo', arguments: { message: 'Grüße' } } };
    const echoed = await post(call, ...session);
    check(
      'a tool answers over the stream',
      echoed.events.some((event) => event.data.includes('Grüße')),
    );
    const [first] = tools.events;
    const resumed = await record(
      url,
      '-H',
      'Accept: text/event-stream',
      ...session,
      '--last-event-id',
      first?.lastEventId ?? '',
      '--max-time',
      '3',
    );
    check(
      'a GET with Last-Event-ID is accepted as a resume',
      resumed.of('response-head')[0]?.status === 200 &&
        resumed.of('attempt-start')[0]?.lastEventId === first?.lastEventId,
      String(resumed.of('response-head')[0]?.status),
    );
  } finally {
    await stop();
  }
}
