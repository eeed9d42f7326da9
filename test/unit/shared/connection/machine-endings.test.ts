import { describe, expect, it } from 'vitest';
import { EMPTY_TALLY } from '../../../../src/shared/connection/machine-types.ts';
import {
  chunk,
  connecting,
  ended,
  endsAndWaits,
  failed,
  head,
  open,
  playbook,
  reconnectDue,
  reconnectRequested,
  refusedBodyDue,
  requestSpec,
  started,
  stopped,
  URL_ASKED,
} from '../../../support/playbook.ts';

describe('answers that are final', () => {
  it.each([204, 205, 210, 299, 301, 304, 400, 401, 404, 410, 429, 500, 503])(
    'status %i fails for good, and its body is kept',
    (status) => {
      const book = connecting()
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
        )
        .at(3, reconnectDue, [], 'failed')
        .at(3, ended(1), [], 'failed');
      expect(book.state.reason).toContain(`The server answered ${status}`);
      expect(book.state.outcome).toBe('failed');
    },
  );

  it('another content type fails for good', () => {
    connecting()
      .at(
        1,
        head(1, 200, [['content-type', 'text/html']]),
        ['record response-head 1 200 refused', 'begin-body 1 plain', 'schedule refused-body 2000'],
        'connecting',
      )
      .at(
        2,
        failed(1, 'reset'),
        [
          'cancel refused-body',
          'record attempt-end 1 refused content-type',
          'record connection-closed 1 failed',
        ],
        'failed',
      );
  });

  it('a refused answer without end is left after a while, or when enough of it was read', () => {
    const refused = () =>
      connecting().at(
        1,
        head(1, 404),
        ['record response-head 1 404 refused', 'begin-body 1 plain', 'schedule refused-body 2000'],
        'connecting',
      );
    const left = [
      'cancel refused-body',
      'abort',
      'record attempt-end 1 refused http-status',
      'record connection-closed 1 failed',
    ];
    refused().at(2001, refusedBodyDue, left, 'failed');
    refused().at(5, { kind: 'refused-body-sufficed', attempt: 1, tally: EMPTY_TALLY }, left, 'failed');
    refused().at(5, stopped, left, 'failed');
  });

  it.each(['tls', 'redirect', 'invalid-request'] as const)(
    'a failure of kind %s is not tried again',
    (code) => {
      connecting().at(
        1,
        failed(1, code),
        [`record attempt-end 1 failed ${code}`, 'record connection-closed 1 failed'],
        'failed',
      );
    },
  );

  it('a request that cannot be sent is recorded as an attempt and fails without one', () => {
    const book = playbook({ url: 'ftp://example.not/' }).at(
      0,
      started,
      [
        'record attempt-start 1',
        'record attempt-end 1 failed invalid-request',
        'record connection-closed 1 failed',
      ],
      'failed',
    );
    expect(book.state.failure?.message).toContain('ftp:');
  });
});

describe('answers to other methods than GET', () => {
  it('are complete when they end: closed, with the reason', () => {
    const book = open({ method: 'POST' })
      .at(1, chunk(1, { events: 9 }), [], 'open')
      .at(2, ended(1), ['record attempt-end 1 end-of-stream', 'record connection-closed 1 closed'], 'closed');
    expect(book.state.reason).toBe(
      'The stream ended. The answer to the POST is complete; it is not repeated by itself',
    );
    expect(book.state.outcome).toBe('ended');
  });

  it('that break off fail and are not asked for again', () => {
    const book = open({ method: 'POST' }).at(
      2,
      failed(1, 'truncated'),
      ['record attempt-end 1 failed truncated', 'record connection-closed 1 failed'],
      'failed',
    );
    expect(book.state.reason).toBe(
      'It failed (truncated). A POST is not repeated by itself, because it would be carried out again',
    );
  });

  it('are asked for again by the rules of a browser', () => {
    open({ method: 'POST', reconnect: { preset: 'browser' } }).at(2, ended(1), endsAndWaits(1), 'waiting');
  });

  it('and a GET that wants one answer ends with its stream', () => {
    open({ reconnect: { preset: 'one-answer' } }).at(
      2,
      ended(1),
      ['record attempt-end 1 end-of-stream', 'record connection-closed 1 closed'],
      'closed',
    );
  });
});

describe('what the user asks for', () => {
  it('stop while connecting aborts, and nothing that comes later counts', () => {
    const book = connecting()
      .at(
        1,
        stopped,
        ['abort', 'record attempt-end 1 stopped', 'record connection-closed 1 closed'],
        'closed',
      )
      .at(2, head(1), [], 'closed')
      .at(2, chunk(1, { events: 1 }), [], 'closed')
      .at(2, failed(1), [], 'closed')
      .at(2, stopped, [], 'closed')
      .at(2, reconnectRequested, [], 'closed')
      .at(2, started, [], 'closed');
    expect(book.state.outcome).toBe('stopped');
  });

  it('stop while open aborts', () => {
    open().at(
      2,
      stopped,
      ['abort', 'record attempt-end 1 stopped', 'record connection-closed 1 closed'],
      'closed',
    );
  });

  it('stop while waiting makes no other request', () => {
    open()
      .at(2, ended(1), endsAndWaits(1), 'waiting')
      .at(3, stopped, ['cancel reconnect', 'record connection-closed 1 closed'], 'closed')
      .at(3002, reconnectDue, [], 'closed');
  });

  it('stop before the start only closes', () => {
    playbook().at(0, stopped, ['record connection-closed 0 closed'], 'closed');
  });

  it.each([
    ['limit', 'ended'],
    ['quit', 'interrupted'],
  ] as const)('a stop by %s ends the session as %s', (by, outcome) => {
    const book = open().at(
      2,
      { kind: 'stop-requested', by, why: 'Enough', tally: EMPTY_TALLY },
      ['abort', 'record attempt-end 1 stopped', 'record connection-closed 1 closed'],
      'closed',
    );
    expect(book.state.outcome).toBe(outcome);
  });

  it('connect again now does not wait for the timer', () => {
    open()
      .at(2, ended(1), endsAndWaits(1), 'waiting')
      .at(
        3,
        reconnectRequested,
        ['cancel reconnect', 'record attempt-start 2', `open 2 GET ${URL_ASKED}`],
        'connecting',
      );
  });

  it('connect again now drops an open stream first', () => {
    open()
      .at(1, chunk(1, { events: 1, lastEventId: '9' }), [], 'open')
      .at(
        3,
        reconnectRequested,
        ['abort', 'record attempt-end 1 stopped', 'record attempt-start 2', `open 2 GET ${URL_ASKED} id=9`],
        'connecting',
      );
  });

  it('a changed request is for the next attempt', () => {
    open()
      .at(
        1,
        { kind: 'request-updated', request: requestSpec({ url: 'http://h.example/b', method: 'POST' }) },
        [],
        'open',
      )
      .at(2, ended(1), endsAndWaits(1), 'waiting')
      .at(3002, reconnectDue, ['record attempt-start 2', 'open 2 POST http://h.example/b'], 'connecting');
  });
});

describe('a storage failure', () => {
  const full = { kind: 'storage-failed', message: 'No space left on device', tally: EMPTY_TALLY } as const;

  it('stops the capture and says why', () => {
    const book = open().at(
      2,
      full,
      ['abort', 'record attempt-end 1 failed disk', 'record connection-closed 1 failed'],
      'failed',
    );
    expect(book.state.failure).toMatchObject({ code: 'disk' });
    expect(book.state.reason).toContain('No space left on device');
  });

  it('ends a wait as well, and changes nothing afterwards', () => {
    open()
      .at(2, ended(1), endsAndWaits(1), 'waiting')
      .at(3, full, ['cancel reconnect', 'record connection-closed 1 failed'], 'failed')
      .at(4, full, [], 'failed');
  });
});

describe('bodies that are no event streams', () => {
  const ndjson = head(1, 200, [['content-type', 'application/x-ndjson']]);
  const opened = ['record response-head 1 200 accepted', 'begin-body 1 ndjson'];

  it('are complete when they end, and nobody asks for them again', () => {
    const book = connecting()
      .at(1, ndjson, opened, 'open')
      .at(2, ended(1), ['record attempt-end 1 end-of-stream', 'record connection-closed 1 closed'], 'closed');
    expect(book.state.outcome).toBe('ended');
    expect(book.state.reason).toContain('The answer is complete: it was read as NDJSON');
  });

  it('are asked for again when they break off, and when the request wants it always', () => {
    connecting().at(1, ndjson, opened, 'open').at(2, failed(1), endsAndWaits(1, 'failed reset'), 'waiting');
    connecting({ reconnect: { preset: 'auto', afterEnd: 'always' } })
      .at(1, ndjson, opened, 'open')
      .at(2, ended(1), endsAndWaits(1), 'waiting');
  });

  it('are refused when event streams alone are wanted', () => {
    connecting({ readAs: 'sse-only' }).at(
      1,
      ndjson,
      ['record response-head 1 200 refused', 'begin-body 1 plain', 'schedule refused-body 2000'],
      'connecting',
    );
  });
});
