/**
 * As many events as are asked for, up to what the machine gives. Each has its number as id and in its data, so that a
 * receiver can tell whether one is missing; a client that comes back with Last-Event-ID goes on behind it.
 *
 * Query: `rate` in events a second, or `max` for as fast as the client reads (default 1000); `size` bytes of an event on the
 * wire (default 330); `count` of events in all, after which the stream ends (default: no end).
 */
import { wholeNumber } from './query.ts';
import {
  jsonAnswer,
  STREAM_HEADERS,
  type SampleCall,
  type SamplePace,
  type SampleRoute,
} from './sample-route.ts';

const TICK_MS = 10;
/** A piece is about this long: small enough for back-pressure to bite, large enough not to be busy with pieces. */
const PIECE_BYTES = 64 * 1024;
const LARGEST_BYTES = 1024 * 1024;
const HIGHEST_RATE = 10_000_000;

interface Order {
  readonly rate: number | 'max';
  readonly size: number;
  /** Numbers to send: from here … */
  readonly from: number;
  /** … to here, exclusive. */
  readonly to: number;
}

export function createFirehoseRoute(pace: SamplePace): SampleRoute {
  async function* stream(call: SampleCall, order: Order): AsyncGenerator<string, void, void> {
    const perPiece = Math.max(1, Math.floor(PIECE_BYTES / order.size));
    const startedMs = pace.nowMs();
    const pad = 'x'.repeat(order.size);
    let next = order.from;
    while (next < order.to) {
      const due =
        order.rate === 'max'
          ? order.to
          : Math.min(order.to, order.from + Math.ceil(((pace.nowMs() - startedMs) * order.rate) / 1000));
      while (next < due) {
        const end = Math.min(due, next + perPiece);
        let piece = '';
        for (; next < end; next += 1) piece += eventText(next, order.size, pad);
        yield piece;
      }
      if (next < order.to) await call.sleep(TICK_MS);
    }
  }

  return {
    path: '/samples/firehose',
    methods: ['GET'],
    answer(call) {
      const order = orderOf(call);
      if (typeof order === 'string') return jsonAnswer(400, { message: order });
      // 204 is how a server says that there is no more to come, and that nobody should ask again.
      if (order.from >= order.to) return { status: 204, headers: {}, body: '' };
      return { status: 200, headers: STREAM_HEADERS, body: stream(call, order) };
    },
  };
}

function orderOf({ url, lastEventId }: SampleCall): Order | string {
  const rate =
    url.searchParams.get('rate') === 'max' ? 'max' : wholeNumber(url, 'rate', 1000, 1, HIGHEST_RATE);
  const size = wholeNumber(url, 'size', 330, 0, LARGEST_BYTES);
  const count = wholeNumber(url, 'count', Number.MAX_SAFE_INTEGER, 1, 1e15);
  if (typeof rate === 'string' && rate !== 'max') return rate;
  if (typeof size === 'string') return size;
  if (typeof count === 'string') return count;
  const from = /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) + 1 : 0;
  return { rate, size, from, to: count };
}

/** An event of `size` bytes on the wire, or of as many as it takes at least. */
function eventText(number: number, size: number, pad: string): string {
  const head = `id: ${number}\ndata: {"n":${number},"pad":"`;
  const tail = '"}\n\n';
  return head + pad.slice(0, Math.max(0, size - head.length - tail.length)) + tail;
}
