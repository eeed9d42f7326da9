/**
 * What the simple dialects have in common: every event is read by itself, an error ends the answer, `[DONE]` is harmless after
 * the end, and what opens an answer after its end opens another one. Owns that frame; never reads a vendor's fields.
 */
import type { Dialect, DialectEvent } from './dialect.ts';
import { objectOf, type JsonObject } from './json-read.ts';
import { createPartTracker, type PartTracker } from './part-tracker.ts';
import { isBareError, providerErrorOf } from './provider-error.ts';

export interface PlainRules {
  readonly id: string;
  readonly label: string;
  /** As in `Dialect`, of an event whose data is a JSON object. Errors are seen to. */
  score(json: JsonObject, event: DialectEvent): number;
  /** Takes an event that says more than that something went wrong. */
  take(tracker: PartTracker, json: JsonObject, event: DialectEvent): void;
  /** Whether the event opens another answer although this one has no end so far. */
  opensAnother?(tracker: PartTracker, json: JsonObject): boolean;
  /** Whether `[DONE]` is the terminator of this dialect. */
  readonly endsWithDone: boolean;
}

/** From here on an event may open an answer; see `Dialect.score`. */
const OPENS = 5;

export function createPlainDialect(rules: PlainRules): Dialect<PartTracker> {
  const score = (event: DialectEvent): number => {
    const json = objectOf(event.json);
    const own = json ? rules.score(json, event) : 0;
    return own === 0 && isBareError(event) ? 1 : own;
  };
  const isNext = (tracker: PartTracker, event: DialectEvent): boolean => {
    if (tracker.isDone) return score(event) >= OPENS || isBareError(event);
    const json = objectOf(event.json);
    return json !== null && rules.opensAnother?.(tracker, json) === true;
  };
  const take = (tracker: PartTracker, event: DialectEvent): void => {
    tracker.take(event);
    const json = objectOf(event.json);
    if (json && !isBareError(event)) rules.take(tracker, json, event);
    const error = providerErrorOf(event);
    if (error !== undefined) tracker.fail(error, event);
    else if (!json) takeText(tracker, event);
  };
  const takeText = (tracker: PartTracker, event: DialectEvent): void => {
    if (event.data.trim() !== '[DONE]') {
      tracker.diagnose('bad-json', 'The data of this event is not a JSON object.', event);
    } else if (rules.endsWithDone) tracker.done(event);
    else if (!tracker.isDone) {
      tracker.diagnose('early-done', '[DONE] came before the end of the answer.', event, 'early-done');
    }
  };

  return {
    id: rules.id,
    label: rules.label,
    score,
    start(event) {
      const tracker = createPartTracker(event);
      take(tracker, event);
      return tracker;
    },
    step(tracker, event) {
      if (isNext(tracker, event)) return 'next';
      take(tracker, event);
      return tracker;
    },
    view: (tracker, streamEnded) => tracker.view(rules.id, streamEnded),
  };
}
