/**
 * Live scores as a Spring WebFlux service puts them on the wire: every event is named "goal", no space follows a colon, there
 * is no id, no retry and no keep-alive. A POST is answered with 201 and its own body, and reaches every subscriber at once.
 */
import { createMatch, type LiveScore } from './match.ts';
import { jsonAnswer, type SampleCall, type SamplePace, type SampleRoute } from './sample-route.ts';

const PATH = '/api/v1/live-scores';

/** Goals of the match that plays itself fall this far apart, in milliseconds. */
const FIRST_GOAL_MS = 400;
const SHORTEST_MS = 1200;
const LONGEST_MS = 3200;

export function createLiveScoresRoute(pace: SamplePace): SampleRoute {
  const match = createMatch(() => pace.random());
  const subscribers = new Set<(score: LiveScore) => void>();
  /** Ends the match when the last subscriber has gone; null while nobody watches. */
  let whistle: AbortController | null = null;

  function tell(score: LiveScore): void {
    for (const subscriber of subscribers) subscriber(score);
  }

  async function play(signal: AbortSignal): Promise<void> {
    await pace.sleep(FIRST_GOAL_MS, signal);
    while (!signal.aborted) {
      tell(match.nextGoal(pace.epochMs()));
      await pace.sleep(SHORTEST_MS + pace.random() * (LONGEST_MS - SHORTEST_MS), signal);
    }
  }

  function enter(subscriber: (score: LiveScore) => void): void {
    subscribers.add(subscriber);
    if (whistle) return;
    whistle = new AbortController();
    const { signal } = whistle;
    play(signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  function leave(subscriber: (score: LiveScore) => void): void {
    subscribers.delete(subscriber);
    if (subscribers.size > 0) return;
    whistle?.abort();
    whistle = null;
  }

  async function* stream(call: SampleCall): AsyncGenerator<string, void, void> {
    const waiting: LiveScore[] = [];
    let wake = (): void => {};
    const subscriber = (score: LiveScore): void => {
      waiting.push(score);
      wake();
    };
    enter(subscriber);
    call.signal.addEventListener('abort', () => wake(), { once: true });
    try {
      while (!call.signal.aborted) {
        const news = new Promise<void>((resolve) => (wake = resolve));
        if (waiting.length === 0) await news;
        for (const score of waiting.splice(0)) yield `event:goal\ndata:${JSON.stringify(score)}\n\n`;
      }
    } finally {
      leave(subscriber);
    }
  }

  return {
    path: PATH,
    methods: ['GET', 'POST'],
    answer(call) {
      if (call.method === 'POST') {
        const score = parseScore(call.body, pace.epochMs());
        if (typeof score === 'string') {
          return jsonAnswer(400, {
            timestamp: new Date(pace.epochMs()).toISOString(),
            path: PATH,
            status: 400,
            error: 'Bad Request',
            message: score,
          });
        }
        tell(score);
        return jsonAnswer(201, score);
      }
      return {
        status: 200,
        headers: { 'content-type': 'text/event-stream;charset=UTF-8' },
        body: stream(call),
      };
    },
  };
}

/** The score in a POST's body, or a sentence about what is wrong with it. */
function parseScore(body: string, epochMs: number): LiveScore | string {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return 'The body is not JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'The body is not an object';
  const { homeTeam, awayTeam, homeScore, awayScore, updateDate } = value as Record<string, unknown>;
  if (typeof homeTeam !== 'string' || homeTeam === '') return '"homeTeam" must be a name';
  if (typeof awayTeam !== 'string' || awayTeam === '') return '"awayTeam" must be a name';
  if (!isGoals(homeScore)) return '"homeScore" must be a whole number from 0';
  if (!isGoals(awayScore)) return '"awayScore" must be a whole number from 0';
  if (updateDate !== undefined && updateDate !== null && typeof updateDate !== 'string') {
    return '"updateDate" must be a date as text';
  }
  return {
    homeTeam,
    awayTeam,
    homeScore,
    awayScore,
    updateDate: updateDate ?? new Date(epochMs).toISOString(),
  };
}

function isGoals(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
