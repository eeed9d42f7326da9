/** What the server measured itself, and which of our numbers each stands beside. */
import type { Completion } from '../completion.ts';
import type { MetricId, ReportedNumber } from './metric.ts';

/** Names of Groq, Cerebras, Ollama, llama.cpp and Bedrock, in lower case. */
const BESIDE: Readonly<Record<string, MetricId>> = {
  total_time: 'total',
  total_duration: 'total',
  latencyms: 'total',
  invocationlatency: 'total',
  firstbytelatency: 'first-answer',
  time_to_first_token: 'first-answer',
  predicted_per_second: 'decode-rate',
};

/** Names of the time in which the answer was written; with a count of tokens it makes a rate. */
const DECODING = ['completion_time', 'eval_duration', 'predicted_ms'];

/** Every number that the server told of time and speed, and its decode rate where it follows from two of them. */
export function reportedNumbers(completion: Completion, tokens: number | null): ReportedNumber[] {
  const { serverTimings, facts } = completion;
  const told = serverTimings.map(({ name, valueMs, seq }): ReportedNumber => ({
    name,
    value: valueMs,
    unit: 'ms',
    seq,
    beside: besideOf(name),
  }));
  const rates = facts.flatMap(({ kind, name, value, seq }): ReportedNumber[] =>
    kind === 'rate' && typeof value === 'number' && Number.isFinite(value)
      ? [{ name, value, unit: 'per-second', seq, beside: besideOf(name) }]
      : [],
  );
  const all = [...told, ...rates];
  const decoding = serverTimings.find(({ name, valueMs }) => DECODING.includes(name) && valueMs > 0);
  if (decoding && tokens !== null && tokens > 0 && !all.some(({ beside }) => beside === 'decode-rate')) {
    const { name, valueMs, seq } = decoding;
    const value = (tokens * 1000) / valueMs;
    all.push({ name: `tokens / ${name}`, value, unit: 'per-second', seq, beside: 'decode-rate' });
  }
  return all;
}

function besideOf(name: string): MetricId | null {
  return Object.hasOwn(BESIDE, name.toLowerCase()) ? (BESIDE[name.toLowerCase()] ?? null) : null;
}
