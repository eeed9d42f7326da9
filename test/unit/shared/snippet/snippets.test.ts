/** The snippets are run by the programs that they are for, against a real server, where those programs are there. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Script } from 'node:vm';
import { expect, it, onTestFinished } from 'vitest';
import { BLANK_REQUEST } from '../../../../src/shared/connection/blank-request.ts';
import { bodyOfText } from '../../../../src/shared/connection/request-body.ts';
import { composeRequest } from '../../../../src/shared/connection/request-message.ts';
import { eventSourceSnippet } from '../../../../src/shared/snippet/event-source.ts';
import { SNIPPETS } from '../../../../src/shared/snippet/registry.ts';
import { fetchSnippet } from '../../../../src/shared/snippet/fetch.ts';
import { pythonHttpxSnippet } from '../../../../src/shared/snippet/python-httpx.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const body = '{"text":"it\'s \\"ü\\" 豆腐 😀 \\\\n"}';
const messageTo = (url: string) =>
  composeRequest(
    {
      ...BLANK_REQUEST,
      method: 'POST',
      url,
      headers: [{ name: 'X-Mine', value: 'a \'b\' "c" \\ $d `e`', enabled: true }],
      body: bodyOfText(body),
    },
    '7',
  ).message;

it('the fetch program sends the same request and prints the events', async () => {
  const folder = mkdtempSync(join(root, 'node_modules', '.snippet-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const seen: { request: IncomingMessage; body: string }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      seen.push({ request, body: Buffer.concat(parts).toString() });
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end('event: goal\nid: 8\ndata: x\ndata: y\n\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a?b=c`;
  const file = join(folder, 'snippet.mjs');
  writeFileSync(file, fetchSnippet.write(messageTo(url)));
  const { stdout } = await promisify(execFile)(process.execPath, [file]);
  expect(stdout).toBe('goal 8 x\ny\n');
  expect(seen[0]).toMatchObject({
    body,
    request: {
      method: 'POST',
      url: '/a?b=c',
      headers: {
        'x-mine': 'a \'b\' "c" \\ $d `e`',
        'last-event-id': '7',
        'content-type': 'application/json',
      },
    },
  });
});

const python = spawnSync('python3', ['--version']).status === 0;
it.skipIf(!python)('the Python program is one, and says the same texts', () => {
  const text = pythonHttpxSnippet.write(messageTo('http://h/a'));
  // The packages may not be there: the program is read by Python itself, with stand-ins that print what they are called with.
  const standIns = [
    'import sys, types, contextlib',
    'httpx = types.ModuleType("httpx"); sse = types.ModuleType("httpx_sse")',
    'httpx.Client = lambda **k: contextlib.nullcontext()',
    'class Source:',
    '  response = types.SimpleNamespace(raise_for_status=lambda: None)',
    '  def iter_sse(self): return []',
    'def connect_sse(client, method, url, headers, content):',
    '  import json; print(json.dumps([method, url, headers, content.decode()]))',
    '  return contextlib.nullcontext(Source())',
    'sse.connect_sse = connect_sse',
    'sys.modules["httpx"] = httpx; sys.modules["httpx_sse"] = sse',
  ].join('\n');
  const printed = execFileSync('python3', ['-c', `${standIns}\nexec(sys.stdin.read())`], { input: text });
  expect(JSON.parse(printed.toString())).toEqual([
    'POST',
    'http://h/a',
    expect.objectContaining({ 'X-Mine': 'a \'b\' "c" \\ $d `e`', 'Last-Event-ID': '7' }),
    body,
  ]);
});

it('each has a name of its own', () => {
  expect(new Set(SNIPPETS.map(({ id }) => id)).size).toBe(SNIPPETS.length);
});

it('the EventSource program says what an EventSource cannot send', () => {
  const text = eventSourceSnippet.write(messageTo('http://h/a'));
  expect(text).toContain('new EventSource("http://h/a")');
  expect(text).toContain('this is a POST');
  expect(text).toContain('no body');
  expect(text).toContain('cannot send these headers: X-Mine, Content-Type');
  const plain = composeRequest({ ...BLANK_REQUEST, url: 'http://h/a' }, '').message;
  expect(eventSourceSnippet.write(plain)).not.toMatch(/cannot|no body|this is a/);
  expect(() => new Script(text)).not.toThrow();
});
