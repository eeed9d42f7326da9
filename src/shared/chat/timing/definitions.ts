/** Each metric by its name, its unit and one sentence that says what it is. docs/timing.md names the sources. */
import type { MetricId, MetricUnit } from './metric.ts';

export interface MetricDefinition {
  readonly id: MetricId;
  readonly label: string;
  readonly unit: MetricUnit;
  /** Whether a smaller value is the better one; null where neither is. */
  readonly less: boolean | null;
  /** Times say "{since}", which stands for what they count from. */
  readonly definition: string;
}

/** In the order in which they are shown. */
export const DEFINITIONS: readonly MetricDefinition[] = [
  define('head', 'Response head', 'ms', true, 'When status and headers had come, {since}.'),
  define('first-byte', 'First byte', 'ms', true, 'When the first byte of the body had come, {since}.'),
  define(
    'first-event',
    'First event',
    'ms',
    true,
    'When the first event of the answer had come, whatever is in it, {since}; comments and pings do not count.',
  ),
  define(
    'first-reasoning',
    'First reasoning',
    'ms',
    true,
    'When the first chunk with reasoning had come, {since}.',
  ),
  define(
    'first-answer',
    'First answer chunk',
    'ms',
    true,
    'When the first chunk with content, a refusal or a tool call had come, {since}; reasoning and chunks with a role alone do not count.',
  ),
  define(
    'last-chunk',
    'Last chunk',
    'ms',
    true,
    'When the last chunk with a part of the answer had come, {since}.',
  ),
  define(
    'total',
    'Total',
    'ms',
    true,
    'When the last event of the answer had come, {since}; usage and terminator count.',
  ),
  define(
    'chunks',
    'Chunks',
    'count',
    null,
    'Events that carry a part of the answer: content, reasoning, a refusal or a tool call. A chunk is no token.',
  ),
  define(
    'gap-p50',
    'Chunk gap, median',
    'ms',
    true,
    'Half of the times between two chunks are not longer than that.',
  ),
  define(
    'gap-p95',
    'Chunk gap, p95',
    'ms',
    true,
    '95 % of the times between two chunks are not longer than that.',
  ),
  define(
    'gap-p99',
    'Chunk gap, p99',
    'ms',
    true,
    '99 % of the times between two chunks are not longer than that.',
  ),
  define('gap-max', 'Longest gap', 'ms', true, 'The longest time between two chunks.'),
  define(
    'stalls',
    'Stalls',
    'count',
    true,
    'Gaps between two chunks that are longer than a second and than five times the median gap.',
  ),
  define('stalled', 'Time stalled', 'ms', true, 'All stalls together.'),
  define('output-tokens', 'Output tokens', 'count', null, 'Tokens that the model wrote, reasoning included.'),
  define(
    'decode-rate',
    'Tokens/s, decoding',
    'per-second',
    false,
    'Output tokens without the first, over the time from the first chunk to the last.',
  ),
  define(
    'end-to-end-rate',
    'Tokens/s, end to end',
    'per-second',
    false,
    'Output tokens over the time from the request to the last chunk.',
  ),
  define(
    'time-per-token',
    'Time per output token',
    'ms',
    true,
    'The time from the first chunk to the last, over the output tokens without the first.',
  ),
];

const BY_ID = new Map(DEFINITIONS.map((definition) => [definition.id, definition]));

export function definitionOf(id: MetricId): MetricDefinition {
  return BY_ID.get(id) as MetricDefinition;
}

function define(
  id: MetricId,
  label: string,
  unit: MetricUnit,
  less: boolean | null,
  definition: string,
): MetricDefinition {
  return { id, label, unit, less, definition };
}
