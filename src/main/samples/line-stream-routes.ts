/** Streams that are no event streams: NDJSON as many services send it, and an answer in the lines of Ollama's own API. */
import type { Piece, SampleCall, SamplePace, SampleRoute } from './sample-route.ts';

const NDJSON_HEADERS = { 'content-type': 'application/x-ndjson', 'cache-control': 'no-cache' };
const LINE_MS = 250;
const WORD_MS = 45;
const LINES = 40;

const SPECIES = ['Arctic tern', 'Herring gull', 'Eider', 'Oystercatcher', 'Turnstone'];

const THOUGHT = 'They want to know what NDJSON is. One sentence and an example will do.';
const ANSWER =
  'NDJSON is JSON, one value a line: a reader can take each line as soon as it ends, and needs no end of the whole. ' +
  'Logs, exports and Ollama’s own API are written that way.';
const MODEL = 'streamscope-sample:1b';

/** Sightings of birds, one a line, with an empty line now and then to keep the connection alive. */
export function createNdjsonRoute(): SampleRoute {
  async function* stream(call: SampleCall): AsyncGenerator<Piece, void, void> {
    for (let line = 1; line <= LINES; line += 1) {
      const species = SPECIES[(line * 7) % SPECIES.length];
      yield `${JSON.stringify({ sighting: line, species, count: 1 + ((line * 5) % 9), at: { lat: 53.9, lon: 8.7 } })}\n`;
      await call.sleep(LINE_MS);
      if (line % 10 === 0) yield '\n';
    }
  }
  return {
    path: '/samples/ndjson',
    methods: ['GET'],
    answer: (call) => ({ status: 200, headers: NDJSON_HEADERS, body: stream(call) }),
  };
}

/** The lines of Ollama's `/api/chat`: thinking first, then the answer, then counts and durations. */
export function createOllamaRoute(pace: SamplePace): SampleRoute {
  const line = (message: object, rest: object = { done: false }): string => {
    const created = new Date(pace.epochMs()).toISOString();
    return `${JSON.stringify({ model: MODEL, created_at: created, message: { role: 'assistant', ...message }, ...rest })}\n`;
  };
  async function* stream(call: SampleCall): AsyncGenerator<Piece, void, void> {
    const beganMs = pace.nowMs();
    const words = (text: string) => text.split(/(?<= )/);
    for (const thinking of words(THOUGHT)) {
      yield line({ content: '', thinking });
      await call.sleep(WORD_MS);
    }
    for (const content of words(ANSWER)) {
      yield line({ content });
      await call.sleep(WORD_MS);
    }
    const totalMs = pace.nowMs() - beganMs;
    const ns = (ms: number) => Math.round(ms * 1e6);
    yield line(
      { content: '' },
      {
        done: true,
        done_reason: 'stop',
        total_duration: ns(totalMs),
        prompt_eval_count: 18,
        prompt_eval_duration: ns(WORD_MS),
        eval_count: words(THOUGHT).length + words(ANSWER).length,
        eval_duration: ns(Math.max(0, totalMs - WORD_MS)),
      },
    );
  }
  return {
    path: '/api/chat',
    methods: ['POST'],
    answer: (call) => ({ status: 200, headers: NDJSON_HEADERS, body: stream(call) }),
  };
}
