/**
 * Replicate's stream: events named `output` whose data is the text itself, `error`, and `done`. Data of any form is text here,
 * also when it could be read as JSON.
 */
import type { Dialect, DialectEvent } from './dialect.ts';
import { objectOf, textOf } from './json-read.ts';
import { createPartTracker, type PartTracker } from './part-tracker.ts';
import { isBareError } from './provider-error.ts';

export const replicate: Dialect<PartTracker> = {
  id: 'replicate',
  label: 'Replicate',
  score(event) {
    // The name is all there is to go by, so an object, as other servers send under it, opens nothing.
    if (event.type === 'output') return typeof event.json === 'object' ? 4 : 10;
    return event.type === 'done' || isBareError(event) ? 1 : 0;
  },
  start(event) {
    const tracker = createPartTracker(event);
    take(tracker, event);
    return tracker;
  },
  step(tracker, event) {
    const isNext = event.type === 'output' || event.type === 'error';
    if (tracker.isDone && isNext) return 'next';
    take(tracker, event);
    return tracker;
  },
  view: (tracker, streamEnded) => tracker.view(replicate.id, streamEnded),
};

function take(tracker: PartTracker, event: DialectEvent): void {
  tracker.take(event);
  const choice = tracker.choice(0);
  if (event.type === 'output') return tracker.append(choice, 'content', event.data, event);
  if (event.type === 'error') {
    const sentence = textOf(objectOf(event.json)?.['detail']);
    return tracker.fail(sentence || (event.json ?? event.data), event);
  }
  if (event.type !== 'done') {
    return tracker.diagnose('unknown-event', 'An event of a name that is not known here.', event);
  }
  // Empty for a prediction that went well, else "canceled" or "error".
  const reason = textOf(objectOf(event.json)?.['reason']);
  if (reason === 'error' && !tracker.hasError) tracker.fail('The prediction failed.', event);
  if (reason !== '') tracker.finish(choice, reason, event);
  tracker.done(event);
}
