import { expect, it } from 'vitest';
import { statusOf } from '../../../../src/shared/connection/connection-status.ts';
import { endsAndWaits, ended, open } from '../../../support/playbook.ts';

it('tells a wait with the wall-clock time at which it ends', () => {
  const book = open().at(1000, ended(1), endsAndWaits(1), 'waiting');
  expect(statusOf(book.state, 1500, 1_700_000_000_000, '7')).toEqual({
    state: 'waiting',
    paused: false,
    nextLastEventId: null,
    attempt: 1,
    lastEventId: '7',
    retryMs: null,
    waiting: {
      delayMs: 3000,
      dueEpochMs: 1_700_000_002_500,
      source: 'default',
      why: 'The stream ended. Connecting again in 3 s: 3 s is the time set for this endpoint',
    },
    reason: 'The stream ended',
    failure: null,
    sinceMs: 1,
  });
});
