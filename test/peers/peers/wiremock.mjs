import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { capture } from '../../../scripts/setup/run.mjs';
import { freePort, startProgram } from '../processes.mjs';
import { dataOf, record } from '../record.mjs';

export const name = 'WireMock';
export const packages = ['wiremock'];

export async function missing() {
  const { code } = await capture('java', ['-version']);
  return code === 0 ? null : 'apt-get install -y --no-install-recommends openjdk-17-jre-headless';
}

const STREAM = { 'Content-Type': 'text/event-stream' };
const BODY = 'retry: 20\nid: 1\ndata: a\n\nid: 2\ndata: b\n\n';

const MAPPINGS = [
  {
    url: '/dribble',
    response: {
      status: 200,
      headers: STREAM,
      body: BODY,
      chunkedDribbleDelay: { numberOfChunks: 9, totalDuration: 600 },
    },
  },
  { url: '/empty', response: { fault: 'EMPTY_RESPONSE' } },
  { url: '/reset', response: { fault: 'CONNECTION_RESET_BY_PEER' } },
  { url: '/garbage', response: { fault: 'RANDOM_DATA_THEN_CLOSE' } },
  {
    url: '/malformed',
    response: { status: 200, headers: STREAM, body: BODY, fault: 'MALFORMED_RESPONSE_CHUNK' },
  },
  { url: '/busy', response: { status: 503, headers: { ...STREAM, 'Retry-After': '7' }, body: 'later' } },
];

export async function run(check) {
  const folder = dirname(createRequire(import.meta.url).resolve('wiremock/package.json'));
  const jar = readdirSync(join(folder, 'build')).find((file) => file.endsWith('.jar'));
  const files = await mkdtemp(join(tmpdir(), 'streamscope-wiremock-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const stop = await startProgram(
    'java',
    [
      '-jar',
      join(folder, 'build', jar),
      '--port',
      String(port),
      '--bind-address',
      '127.0.0.1',
      '--root-dir',
      files,
      '--disable-banner',
    ],
    `${origin}/__admin/mappings`,
  );
  const failureOf = (seen) => seen.of('attempt-end')[0]?.failure;
  try {
    for (const { url, response } of MAPPINGS) {
      await fetch(`${origin}/__admin/mappings`, {
        method: 'POST',
        body: JSON.stringify({ request: { url }, response }),
      });
    }
    const dribble = await record(`${origin}/dribble`, '--max-events', '4');
    check(
      'a body that dribbles is read as it comes, and asked for again',
      dataOf(dribble).join() === 'a,b,a,b' && dribble.of('attempt-start')[1]?.lastEventId === '2',
      dataOf(dribble).join(),
    );
    const empty = await record(`${origin}/empty`);
    check(
      'a connection closed without an answer is a failure that says so',
      empty.code === 1 && failureOf(empty)?.code === 'reset',
      failureOf(empty)?.message,
    );
    const reset = await record(`${origin}/reset`);
    check(
      'a reset is a failure that says so',
      reset.code === 1 && failureOf(reset)?.code === 'reset',
      failureOf(reset)?.message,
    );
    const garbage = await record(`${origin}/garbage`);
    check(
      'bytes that are no HTTP are a failure that says so',
      garbage.code === 1 && failureOf(garbage) != null,
      failureOf(garbage)?.message,
    );
    const malformed = await record(`${origin}/malformed`, '--no-reconnect', '--read-as', 'sse');
    check(
      'a malformed chunk ends the attempt as a failure',
      malformed.of('response-head')[0]?.accepted === true && failureOf(malformed) != null,
      failureOf(malformed)?.message,
    );
    const busy = await record(`${origin}/busy`);
    check(
      '503 is final for a GET by the browser rules, and Retry-After is told',
      busy.code === 1 && busy.errors.includes('503') && busy.errors.includes('7'),
      busy.errors.trim(),
    );
  } finally {
    await stop();
    await rm(files, { recursive: true, force: true });
  }
}
