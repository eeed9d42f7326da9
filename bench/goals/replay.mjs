/** The timing of a replay: a minute is recorded, played by the command line, and received by a client in a third process. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from '../../scripts/setup/project.mjs';
import { percentile, valueRow } from '../report/rows.mjs';
import { startUnevenServer } from '../replay/uneven-server.mjs';

const MINUTE_MS = 60_000;
const CLI = inProject('out', 'main', 'cli.cjs');

export const summary = 'gaps between arrivals of a replayed minute, against the recording';

export async function run({ scale, say }) {
  const parent = await mkdtemp(join(tmpdir(), 'streamscope-bench-'));
  const folder = join(parent, 'session');
  try {
    say('recording');
    const server = await startUnevenServer(MINUTE_MS * scale);
    await finished(start([CLI, 'record', '--raw', '--no-reconnect', '--out', folder, server.url], 'ignore'));
    server.close();
    const recorded = await readTimes(folder);
    say(`playing ${recorded.length} reads`);
    const played = await replay(folder);
    if (played.length !== recorded.length)
      throw new Error(`${recorded.length} reads were recorded and ${played.length} pieces arrived`);
    const errors = gaps(played).map((gap, at) => Math.abs(gap - gaps(recorded)[at]));
    const row = (id, what, value, target) => valueRow({ id, what, unit: 'ms', values: [value], target });
    const last = played.at(-1) - played[0] - (recorded.at(-1) - recorded[0]);
    return [
      row('replay-gap-p95', 'replay, difference of gaps, 95th percentile', percentile(errors, 0.95), {
        atMost: 5,
      }),
      row('replay-gap-p50', 'replay, difference of gaps, median', percentile(errors, 0.5), null),
      row('replay-drift', 'replay, drift over the whole recording', Math.abs(last), null),
    ].map((made) => ({ ...made, better: 'less' }));
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

async function replay(folder) {
  const server = start([CLI, 'replay', folder, '--once'], 'pipe');
  const ended = finished(server);
  const { url } = JSON.parse(await firstLine(server.stdout));
  const client = start([inProject('bench', 'replay', 'arrivals.mjs'), url], 'pipe');
  const [text] = await Promise.all([whole(client.stdout), finished(client)]);
  await ended;
  return JSON.parse(text);
}

/** When each socket read came (docs/formats.md). */
async function readTimes(folder) {
  const bytes = await readFile(join(folder, 'reads.bin'));
  return Array.from({ length: bytes.length / 16 }, (_, at) => bytes.readDoubleLE(at * 16 + 8));
}

function gaps(times) {
  return times.slice(1).map((time, at) => time - times[at]);
}

function start(args, stdout) {
  return spawn(process.execPath, args, { stdio: ['ignore', stdout, 'ignore'] });
}

function finished(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`A process ended with code ${code}`)),
    );
  });
}

async function firstLine(stream) {
  let text = '';
  for await (const bytes of stream.iterator({ destroyOnReturn: false })) {
    text += bytes;
    if (text.includes('\n')) break;
  }
  stream.resume();
  return text.split('\n')[0];
}

async function whole(stream) {
  let text = '';
  for await (const bytes of stream) text += bytes;
  return text;
}
