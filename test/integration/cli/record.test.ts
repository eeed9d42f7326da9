import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/command.ts';
import { recordCommand } from '../../../src/cli/record-command.ts';
import { openFolder } from '../../../src/main/capture/open-folder.ts';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { createTestIo, linesOf, type TestIo } from '../../support/command-io.ts';
import { afterTest, cleanUp, clock, serve, stalled } from '../connections/bench.ts';
import { gate } from '../connections/gate.ts';
import { headerOf, STREAM_HEAD } from '../connections/raw-server.ts';

afterEach(cleanUp);

const byteText = createNodeByteText();
const command = recordCommand(byteText, clock);
const kinds = (io: TestIo) => linesOf(io.written).map((line) => line['kind']);
const events = (io: TestIo) => linesOf(io.written).filter((line) => line['kind'] === 'event');

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'streamscope-record-'));
  afterTest(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The message of the error that a command ends with. */
async function failureOf(run: Promise<unknown>): Promise<Error> {
  return run.then(
    () => expect.fail('it did not fail'),
    (error: unknown) => error as Error,
  );
}

it('prints every entry and ends with the stream when told not to connect again', async () => {
  const server = await serve((call) => call.end(`${STREAM_HEAD}: hi\nid: 7\nevent: goal\ndata: {"n":1}\n\n`));
  const io = createTestIo();
  await command.run([`${server.origin}/scores?token=secret`, '--no-reconnect'], io);
  expect(kinds(io)).toEqual([
    'attempt-start',
    'response-head',
    'comment',
    'event',
    'attempt-end',
    'connection-closed',
  ]);
  expect(events(io)[0]).toMatchObject({ seq: 3, type: 'goal', data: '{"n":1}', lastEventId: '7' });
  expect(io.written).not.toContain('secret');
});

it('sends method, headers, body and last event ID, and takes the answer to a POST once', async () => {
  const server = await serve((call) => call.end(`${STREAM_HEAD}data: done\n\n`));
  const body = join(temporaryFolder(), 'body.json');
  writeFileSync(body, '{"stream":true,"text":"é"}');
  const io = createTestIo();
  await command.run(
    [
      server.origin,
      '-H',
      'X-A: 1',
      '-H',
      'Authorization: Bearer k:1',
      '-d',
      `@${body}`,
      '--last-event-id',
      '41',
    ],
    io,
  );
  const call = await server.call(1);
  expect(call.line).toBe('POST / HTTP/1.1');
  expect(call.body.toString()).toBe('{"stream":true,"text":"é"}');
  expect(['x-a', 'authorization', 'last-event-id'].map((name) => headerOf(call, name))).toEqual([
    '1',
    'Bearer k:1',
    '41',
  ]);
  expect(kinds(io).at(-1)).toBe('connection-closed');
  expect(server.calls).toHaveLength(1);
});

it('takes a body from standard input', async () => {
  const server = await serve((call) => call.end(STREAM_HEAD));
  await command.run([server.origin, '-X', 'PUT', '-d', '@-'], createTestIo({ input: ['a', 'b'] }));
  const call = await server.call(1);
  expect([call.line, call.body.toString()]).toEqual(['PUT / HTTP/1.1', 'ab']);
});

it('goes on after an end and stops after exactly as many events as asked for', async () => {
  const server = await serve((call) => call.end(`${STREAM_HEAD}retry: 1\ndata: a\n\ndata: b\n\ndata: c\n\n`));
  const io = createTestIo();
  await command.run([server.origin, '--max-events', '5'], io);
  expect(events(io).map((event) => event['data'])).toEqual(['a', 'b', 'c', 'a', 'b']);
  expect(linesOf(io.written).at(-1)).toMatchObject({
    kind: 'connection-closed',
    why: '5 events were printed',
  });
});

it('stops after the time asked for', async () => {
  const server = await serve((call) => call.write(STREAM_HEAD));
  const io = createTestIo();
  await command.run([server.origin, '--max-time', '0.05'], io);
  expect(linesOf(io.written).at(-1)).toMatchObject({ why: 'The time of 0.05 s is over' });
});

it('prints the body bytes as they come, and not more than the events asked for', async () => {
  const body = '\uFEFF: hi\r\n\r\ndata: a\r\rdata: …\n\ndata: tail';
  const server = await serve((call) => call.end(STREAM_HEAD + body));
  const whole = createTestIo();
  await command.run([server.origin, '--raw', '--no-reconnect'], whole);
  expect(whole.written).toBe(body);
  const part = createTestIo();
  await command.run([server.origin, '--raw', '--max-events', '1'], part);
  expect(part.written).toBe('\uFEFF: hi\r\n\r\ndata: a\r\r');
});

it('prints what is no event yet as soon as it comes, with --raw', async () => {
  const server = await serve((call) => call.write(`${STREAM_HEAD}data: unfini`));
  const io = createTestIo();
  const run = command.run([server.origin, '--raw'], io);
  await io.until((written) => written === 'data: unfini');
  io.interrupt();
  await run;
});

describe('a folder', () => {
  const readBack = async (folder: string) => {
    const { reader, manifest, close } = await openFolder(folder, { byteText });
    const text = Buffer.from(await reader.readWire(0, reader.wireBytes)).toString();
    const found = {
      text,
      count: reader.count,
      outcome: manifest.outcome,
      url: manifest.url,
      sizes: manifest.sizes,
    };
    await close();
    return found;
  };

  it('is made, with everything in it that was printed, and is complete after an interrupt', async () => {
    const server = await serve((call) => call.write(`${STREAM_HEAD}data: a\n\n`));
    const folder = join(temporaryFolder(), 'deep', 'session');
    const io = createTestIo();
    const run = command.run([`${server.origin}/?key=k1`, '--out', folder], io);
    await io.until((written) => written.includes('"kind":"event"'));
    io.interrupt();
    await run;
    const found = await readBack(folder);
    expect(found).toMatchObject({
      text: 'data: a\n\n',
      outcome: 'stopped',
      url: `${server.origin}/?key=(hidden-2)`,
    });
    expect(found.sizes).not.toBeNull();
    expect(found.count).toBe(linesOf(io.written).length);
  });

  it('may be there when it is empty', async () => {
    const server = await serve((call) => call.end(STREAM_HEAD));
    const folder = temporaryFolder();
    await command.run([server.origin, '--out', folder, '--no-reconnect'], createTestIo());
    expect((await readBack(folder)).outcome).toBe('ended');
  });

  it('is complete after a failure as well', async () => {
    const server = await serve((call) => call.end('HTTP/1.1 404 Not Found\r\n\r\nno such stream'));
    const folder = join(temporaryFolder(), 'session');
    const error = await failureOf(command.run([server.origin, '--out', folder], createTestIo()));
    expect(error.message).toContain('The server answered 404 Not Found');
    expect(await readBack(folder)).toMatchObject({ text: 'no such stream', outcome: 'failed' });
  });

  it('that holds something is left alone, and so is a file', async () => {
    const parent = temporaryFolder();
    mkdirSync(join(parent, 'full', 'inner'), { recursive: true });
    writeFileSync(join(parent, 'file'), 'x');
    for (const name of ['full', 'file']) {
      const error = await failureOf(
        command.run(['http://127.0.0.1:1/', '--out', join(parent, name)], createTestIo()),
      );
      expect(error).toBeInstanceOf(UsageError);
    }
    expect(existsSync(join(parent, 'full', 'inner'))).toBe(true);
  });
});

describe('a failure', () => {
  it('is told at once when the stream never opened, without another attempt', async () => {
    const server = await serve((call) => call.reset());
    const io = createTestIo();
    const error = await failureOf(command.run([server.origin], io));
    expect(error.message).toContain('closed the connection without an answer');
    expect(server.calls).toHaveLength(1);
    expect(kinds(io).at(-1)).toBe('connection-closed');
  });

  it('after the stream was open is a reason to connect again', async () => {
    const server = await serve((call) => {
      call.write(`${STREAM_HEAD}retry: 1\ndata: ${call.number}\n\n`);
      if (call.number === 1) setImmediate(() => call.reset());
    });
    const io = createTestIo();
    await command.run([server.origin, '--max-events', '2'], io);
    expect(events(io).map((event) => event['data'])).toEqual(['1', '2']);
  });
});

it('ends quietly when nobody reads its output any more', async () => {
  const server = await serve((call) => call.write(`${STREAM_HEAD}data: a\n\n`));
  const io = createTestIo();
  const run = command.run([server.origin], io);
  await io.until((written) => written.includes('"kind":"event"'));
  io.close();
  await run;
  await (
    await server.call(1)
  ).closed.passed;
});

it('slows the stream down while its reader takes its time, and loses nothing', async () => {
  const part = `data: ${'x'.repeat(1000)}\n\n`;
  const total = 20_000;
  let sent = 0;
  const server = await serve((call) => {
    call.write(STREAM_HEAD);
    const more = () => {
      while (sent < total && !call.writableNeedDrain) {
        call.write(part);
        sent += 1;
      }
      if (sent < total) pump = setTimeout(more, 1);
      else call.end();
    };
    let pump = setTimeout(more, 0);
    afterTest(() => clearTimeout(pump));
  });
  const slow = gate();
  const io = createTestIo({ taken: () => slow.passed });
  const run = command.run([server.origin, '--no-reconnect', '--raw'], io);
  const call = await server.call(1);
  await stalled(call, () => sent);
  expect(sent).toBeLessThan(total);
  slow.pass();
  await run;
  expect(io.written === part.repeat(total)).toBe(true);
});

it('sums up what the resumes missed and repeated, beside the results', async () => {
  const server = await serve((call) => {
    if (call.number === 1) call.end(`${STREAM_HEAD}retry: 1\n\nid: 1\ndata: a\n\nid: 2\ndata: b\n\n`);
    else call.write(`${STREAM_HEAD}id: 2\ndata: b\n\nid: 5\ndata: c\n\n`);
  });
  const io = createTestIo();
  await command.run([server.origin, '--set', 'floor=1ms', '--max-events', '4'], io);
  expect(io.notes).toEqual(['Resumed once: 2 missing, 1 repeated.']);
  expect(kinds(io)).toContain('resume-report');
});

it('waits for a stream that is not there yet when a policy was asked for', async () => {
  const server = await serve((call) => {
    if (call.number === 1) call.end('HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n');
    else call.write(`${STREAM_HEAD}data: a\n\n`);
  });
  const io = createTestIo();
  await command.run(
    [server.origin, '--reconnect', 'resilient', '--set', 'floor=1ms', '--max-events', '1'],
    io,
  );
  expect(events(io)).toHaveLength(1);
});
