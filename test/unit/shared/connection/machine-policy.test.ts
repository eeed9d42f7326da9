/** What the presets make of the ends of attempts. */
import { describe, expect, it } from 'vitest';
import {
  chunk,
  connecting,
  ended,
  endsAndWaits,
  failed,
  head,
  open,
  reconnectDue,
  stopped,
  URL_ASKED,
} from '../../../support/playbook.ts';

const again = (attempt: number) => [`record attempt-start ${attempt}`, `open ${attempt} GET ${URL_ASKED}`];

describe('resilient', () => {
  const resilient = { reconnect: { preset: 'resilient', jitter: 'none' } } as const;

  it.each([408, 425, 429, 500, 502, 503, 599])('non-200: %i is asked again', (status) => {
    connecting(resilient)
      .at(
        1,
        head(1, status),
        [`record response-head 1 ${status} refused`, 'begin-body 1 plain', 'schedule refused-body 2000'],
        'connecting',
      )
      .at(
        2,
        ended(1),
        [
          'cancel refused-body',
          'record attempt-end 1 refused http-status',
          'record retry-scheduled 1 1000 default',
          'schedule reconnect 1000',
        ],
        'waiting',
      )
      .at(1002, reconnectDue, again(2), 'connecting');
  });

  it.each([204, 205, 400, 401, 404, 410])('204-stops and non-200: %i is final all the same', (status) => {
    connecting(resilient)
      .at(
        1,
        head(1, status),
        [`record response-head 1 ${status} refused`, 'begin-body 1 plain', 'schedule refused-body 2000'],
        'connecting',
      )
      .at(
        2,
        ended(1),
        [
          'cancel refused-body',
          'record attempt-end 1 refused http-status',
          'record connection-closed 1 failed',
        ],
        'failed',
      );
  });

  it.each([
    ['seconds', '7', 7000],
    ['a date', 'Wed, 21 Oct 2015 07:28:20 GMT', 20_000],
  ])('retry-after: %s override the delay once', (_name, value, delayMs) => {
    connecting(resilient)
      .at(
        1,
        head(1, 503, [['Retry-After', value]]),
        ['record response-head 1 503 refused', 'begin-body 1 plain', 'schedule refused-body 2000'],
        'connecting',
      )
      .at(
        2,
        ended(1),
        [
          'cancel refused-body',
          'record attempt-end 1 refused http-status',
          `record retry-scheduled 1 ${delayMs} retry-after`,
          `schedule reconnect ${delayMs}`,
        ],
        'waiting',
      )
      .at(2 + delayMs, reconnectDue, again(2), 'connecting')
      .at(
        3 + delayMs,
        failed(2),
        [
          'record attempt-end 2 failed reset',
          'record retry-scheduled 2 2000 backoff',
          'schedule reconnect 2000',
        ],
        'waiting',
      );
  });

  it('a stop while its refused answer is read is a stop and no failure', () => {
    const book = connecting(resilient)
      .at(
        1,
        head(1, 503),
        ['record response-head 1 503 refused', 'begin-body 1 plain', 'schedule refused-body 2000'],
        'connecting',
      )
      .at(
        2,
        stopped,
        [
          'cancel refused-body',
          'abort',
          'record attempt-end 1 refused http-status',
          'record connection-closed 1 closed',
        ],
        'closed',
      );
    expect(book.state.outcome).toBe('stopped');
  });

  it('gives up after as many attempts as were allowed', () => {
    const book = connecting({ reconnect: { ...resilient.reconnect, giveUpAttempts: 1 } })
      .at(
        1,
        failed(1),
        [
          'record attempt-end 1 failed reset',
          'record retry-scheduled 1 1000 default',
          'schedule reconnect 1000',
        ],
        'waiting',
      )
      .at(2, reconnectDue, again(2), 'connecting')
      .at(3, failed(2), ['record attempt-end 2 failed reset', 'record connection-closed 2 failed'], 'failed');
    expect(book.state.reason).toBe(
      'It failed (reset). Gave up after one attempt to reconnect without an event',
    );
  });
});

describe('one answer', () => {
  it('whose terminator came is complete, also when the connection is reset afterwards', () => {
    const book = open({ method: 'POST' })
      .at(1, chunk(1, { events: 9, complete: true }), [], 'open')
      .at(2, failed(1), ['record attempt-end 1 failed reset', 'record connection-closed 1 closed'], 'closed');
    expect(book.state).toMatchObject({
      outcome: 'ended',
      reason: 'It failed (reset). The answer is complete',
    });
  });

  it('that failed is asked again when that was chosen', () => {
    open({ method: 'POST', reconnect: { preset: 'one-answer', afterFailure: 'always' } }).at(
      2,
      failed(1),
      endsAndWaits(1, 'failed reset'),
      'waiting',
    );
  });
});
