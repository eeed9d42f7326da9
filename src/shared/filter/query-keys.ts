/** The properties that a query can ask about: how each is asked, and what it means in a sentence for help and completion. */
import type { Operator } from './query-tokens.ts';

export interface QueryKeyFacts {
  readonly operators: readonly Operator[];
  /** Asked without an operator. */
  readonly alone: boolean;
  readonly example: string;
  /** What it asks. */
  readonly means: string;
}

const TEXT: readonly Operator[] = [':', '=', '!=', '~'];
const NUMBER: readonly Operator[] = [':', '=', '!=', '<', '<=', '>', '>='];

export const QUERY_KEYS = {
  type: { operators: TEXT, alone: false, example: 'type:goal', means: 'the type of the event' },
  data: {
    operators: ['=', '!=', '~'],
    alone: false,
    example: 'data~/Arsenal|Chelsea/i',
    means: 'what the event says',
  },
  json: {
    operators: ['=', '!=', '<', '<=', '>', '>=', '~'],
    alone: true,
    example: 'json.score.home>=3',
    means: 'a value in the JSON of the data',
  },
  kind: { operators: [':', '=', '!='], alone: false, example: 'kind:comment', means: 'what the row is' },
  id: { operators: TEXT, alone: false, example: 'id:42', means: 'the id that the event sets' },
  size: { operators: NUMBER, alone: false, example: 'size>4kb', means: 'bytes on the wire' },
  gap: { operators: NUMBER, alone: false, example: 'gap>1s', means: 'time since the event before' },
  attempt: { operators: NUMBER, alone: false, example: 'attempt:2', means: 'the attempt that brought it' },
  at: { operators: NUMBER, alone: false, example: 'at>00:01:30', means: 'time since the session began' },
  time: {
    operators: [':'],
    alone: false,
    example: 'time:1.5-20',
    means: 'a stretch of the session, in seconds',
  },
  note: { operators: TEXT, alone: false, example: 'note~wrong', means: 'your note on it' },
  bookmarked: { operators: [], alone: true, example: 'bookmarked', means: 'rows that you marked' },
} as const satisfies Readonly<Record<string, QueryKeyFacts>>;

export type QueryKey = keyof typeof QUERY_KEYS;

export function keyFacts(key: QueryKey): QueryKeyFacts {
  return QUERY_KEYS[key];
}
