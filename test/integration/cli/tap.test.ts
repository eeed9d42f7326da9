import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/command.ts';
import { tapCommand } from '../../../src/cli/tap-command.ts';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { openFolder } from '../../../src/main/capture/open-folder.ts';
import { createTestIo } from '../../support/command-io.ts';
import { afterTest, cleanUp, clock, serve } from '../connections/bench.ts';
import { STREAM_HEAD } from '../connections/raw-server.ts';

afterEach(cleanUp);

const byteText = createNodeByteText();
const command = tapCommand(byteText, clock);

it('prints its address, then a line a request, and keeps a folder for each', async () => {
  const server = await serve((call) => call.end(`${STREAM_HEAD}data: a\n\ndata: b\n\n`));
  const folder = mkdtempSync(join(tmpdir(), 'streamscope-tap-'));
  afterTest(() => rmSync(folder, { recursive: true, force: true }));
  const io = createTestIo();
  const out = join(folder, 'taps');
  const running = command.run([server.origin, '--out', out], io);
  await io.until((written) => written.includes('\n'));
  const address = io.written.trim();
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const answer = await fetch(`${address}/scores?token=abcdef`, {
    headers: { authorization: 'Bearer sk-1234' },
  });
  expect(await answer.text()).toBe('data: a\n\ndata: b\n\n');
  await io.until((written) => written.split('\n').length > 2);
  expect(io.written.split('\n')[1]).toMatch(
    /^200 GET \/scores\?token=\(hidden-6\) {2}2 events {2}18 bytes {2}\d+ ms {2}\d{8}-\d{6}-[0-9a-f]{8}$/,
  );
  io.interrupt();
  await running;
  const [session = ''] = readdirSync(out);
  const { reader, manifest, close } = await openFolder(join(out, session), { byteText, sessionId: session });
  expect(manifest).toMatchObject({ outcome: 'ended', origin: { kind: 'tap' } });
  expect(reader.counts.events).toBe(2);
  expect(JSON.stringify(await reader.journal())).not.toContain('sk-1234');
  await close();
});

it('prints JSON, and what failed', async () => {
  const server = await serve((call) => call.end());
  const io = createTestIo();
  const running = command.run([server.origin, '--json'], io);
  await io.until((written) => written.includes('\n'));
  const { address } = JSON.parse(io.written) as { address: string };
  await fetch(address).catch(() => undefined);
  await io.until((written) => written.split('\n').length > 2);
  expect(JSON.parse(io.written.split('\n')[1] ?? '')).toMatchObject({
    state: 'failed',
    sessionId: null,
    status: null,
  });
  io.interrupt();
  await running;
});

it.each([
  [[], /TARGET/],
  [['ftp://x'], /http: and https:/],
  [['localhost:1', '--port', '70000'], /--port/],
  [['localhost:1', '--out', ''], /--out/],
])('%j is called wrongly', async (args, message) => {
  const error = await Promise.resolve()
    .then(() => command.run(args, createTestIo()))
    .then(
      () => null,
      (thrown: unknown) => thrown,
    );
  expect(error).toBeInstanceOf(UsageError);
  expect((error as Error).message).toMatch(message);
});

it('says that a port is taken', async () => {
  const server = await serve(() => {});
  await expect(command.run([server.origin, '--port', String(server.port)], createTestIo())).rejects.toThrow(
    /in use by another program/,
  );
});
