/**
 * The streams that every benchmark reads. Owns their bytes and where each event ends; a stream is one block of events over and
 * over, so that what must have arrived is known for any number of events without keeping it.
 */

/** A write of this size or more is what "coalesced" means. */
const BLOCK_BYTES = 256 * 1024;

const WORDS =
  'the stream carries words of many lengths and so does every event in it as tokens of a model do'.split(' ');

/** A piece of an answer as chat models send it, about 260 bytes. */
function chat(number) {
  const content = `${WORDS[number % WORDS.length]} `;
  const chunk = {
    id: 'chatcmpl-Zq3uV8nYw1LkT5sBxR7dHcJ0',
    object: 'chat.completion.chunk',
    created: 1_760_000_000,
    model: 'example-large-2025-10-01',
    service_tier: 'default',
    system_fingerprint: 'fp_5c1a0b77e2',
    choices: [{ index: 0, delta: { content }, logprobs: null, finish_reason: null }],
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

/** 29 bytes. */
const tiny = (number) => `data: {"n":${String(number % 1e12).padStart(15, '1')}}\n\n`;

/** A JSON document of 4 KB. */
function big(number) {
  const items = Array.from({ length: 40 }, (_, at) => ({
    key: `item-${at}`,
    value: (number * 7919 + at * 104_729) % 1_000_000,
    note: WORDS.slice(at % 8, (at % 8) + 8).join(' '),
  }));
  const text = `event: state\ndata: ${JSON.stringify({ number, items }).slice(0, 4000)}`;
  return `${text.padEnd(4094, ' ')}\n\n`;
}

const MAKERS = { chat, tiny, big };

export const STREAMS = Object.keys(MAKERS);

/** `{ block, ends }`: the bytes that repeat, and the offset behind each event in them. */
export function streamBlock(name) {
  const make = MAKERS[name];
  if (!make) throw new Error(`There is no stream "${name}"; there are ${STREAMS.join(', ')}.`);
  const events = [];
  const ends = [];
  let length = 0;
  while (length < BLOCK_BYTES) {
    const event = Buffer.from(make(events.length));
    events.push(event);
    length += event.length;
    ends.push(length);
  }
  return { block: Buffer.concat(events), ends };
}

/** Bytes of the first `events` events. */
export function streamBytes({ block, ends }, events) {
  const rest = events % ends.length;
  return Math.floor(events / ends.length) * block.length + (rest === 0 ? 0 : ends[rest - 1]);
}
