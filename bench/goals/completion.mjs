/** Rebuilding a completion while it streams, looked at after every hundred chunks: a long one against a short one, per chunk. */
import { createRequire } from 'node:module';
import { bundle } from '../peers/bundle.mjs';
import { streamBlock } from '../feed/streams.mjs';
import { ratioRow } from '../report/rows.mjs';

const SHORT = 1000;
const LONG = 100_000;
const LOOK_EVERY = 100;

export const summary = 'rebuilding a completion while it streams';

export async function run({ rounds, say }) {
  const { createFold } = createRequire(import.meta.url)(await bundle('src/shared/chat/fold.ts', 'fold'));
  const data = chunks();
  const pairs = [];
  fold(createFold, data, SHORT);
  for (let round = 1; round <= rounds; round += 1) {
    say(`round ${round} of ${rounds}`);
    // As many chunks on both sides, so that both run as long.
    let short = 0;
    for (let at = 0; at < LONG; at += SHORT) short += fold(createFold, data, SHORT);
    pairs.push([fold(createFold, data, LONG) / LONG, short / LONG].map((ms) => ms * 1000));
  }
  return [
    ratioRow({
      id: 'completion',
      what: `a chunk of ${LONG.toLocaleString('en')}: of ${SHORT.toLocaleString('en')}`,
      unit: 'us',
      pairs,
      target: { atMost: 1.05 },
    }),
  ];
}

function chunks() {
  const { block, ends } = streamBlock('chat');
  return ends.map((end, at) => block.toString('utf8', at === 0 ? 6 : ends[at - 1] + 6, end - 2));
}

/** Milliseconds. */
function fold(createFold, data, count) {
  const folding = createFold();
  const startMs = performance.now();
  for (let seq = 0; seq < count; seq += 1) {
    folding.push({ type: 'message', data: data[seq % data.length], seq, atMs: seq });
    if (seq % LOOK_EVERY === 0) folding.view();
  }
  folding.end();
  const completion = folding.view()[0];
  const ms = performance.now() - startMs;
  if (!completion) throw new Error('Nothing was rebuilt');
  return ms;
}
