/** Digests of events that are written down as texts. */
import { createDigests, type EventDigests } from '../../src/shared/diff/event-digests.ts';

export interface EventText {
  readonly data: string;
  /** Default `message`. */
  readonly type?: string;
  readonly id?: string | null;
}

/** Events come 10 ms apart. */
export function digestsOf(events: readonly EventText[]): EventDigests {
  const digests = createDigests();
  events.forEach(({ data, type = 'message', id = null }, seq) =>
    digests.add({ seq, atMs: seq * 10, type, id, content: data }),
  );
  return digests.build();
}
