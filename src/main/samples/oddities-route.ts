/**
 * Everything that goes wrong on the wire, once: each step is legal or is met in the wild, and says in its data what to see.
 * The stream then ends in the middle of a block.
 */
import { STREAM_HEADERS, type Piece, type SampleCall, type SampleRoute } from './sample-route.ts';

/** Long enough that each step arrives in a read of its own. */
const STEP_MS = 120;

/** One character a byte. */
const raw = (text: string): Uint8Array => Buffer.from(text, 'latin1');

const fish = Buffer.from('data: cut in the middle of a character: 🐟\n\n');

/** What is written, each at once and a step after the one before. */
export const ODDITIES: readonly Piece[] = [
  // A byte order mark in two reads.
  raw('\xef\xbb'),
  raw('\xbf: a byte order mark came first, in two pieces\n\n'),
  'data: lines that end in LF\n\n',
  'data: lines that end in CRLF\r\n\r\n',
  // The CR ends the block at once; the LF that follows belongs to it.
  'data: a CRLF cut in two\r\n\r',
  '\ndata: and the next event\n\n',
  'data: lines that end in a bare CR\r\r',
  'data: every kind\rdata: of line end\r\ndata: in one block\n\r\n',
  'id: 1\ndata: an id\n\n',
  'id: 2\0\ndata: an id with a NUL in it is ignored, so the last one stays\n\n',
  'id: 3\n\n',
  'data: the block before had an id alone, and it counts\n\n',
  'id\ndata: an empty id takes it away\n\n',
  fish.subarray(0, fish.length - 4),
  fish.subarray(fish.length - 4),
  raw('data: bytes that are not UTF-8: \xff\xfe\xc3(\n\n'),
  'data: U+2028 is not a line end:\u2028see?\n\n',
  'weather: fog\nData: capitals\ndata : a space\n data: another\ndata: four lines above are ignored\n\n',
  'data: a line break that the server forgot\nto encode\n\n',
  'data: {"parts": [\ndata:   "one value",\ndata:   "in several lines"\ndata: ]}\n\n',
  'data:no space\ndata:  two spaces\ndata:\n\n',
  'event: shown-empty\ndata\n\n',
  'event: never-shown\n\n',
  'event: first\nevent: last\ndata: the last type wins\n\n',
  'retry: soon\nretry: -1\ndata: neither reconnection time counts\n\n',
  'retry: 03000\n\n',
  ': a comment\n',
  ':\n',
  'data: a comment\n: in the middle\ndata: changes nothing\n\n',
  '{"error": "JSON where an event was promised"}\n\n',
  'id: 4\nevent: lost\ndata: this block has no end',
];

export function createOdditiesRoute(): SampleRoute {
  async function* stream(call: SampleCall): AsyncGenerator<Piece, void, void> {
    for (const piece of ODDITIES) {
      yield piece;
      await call.sleep(STEP_MS);
    }
  }
  return {
    path: '/samples/oddities',
    methods: ['GET'],
    answer: (call) => ({ status: 200, headers: STREAM_HEADERS, body: stream(call) }),
  };
}
