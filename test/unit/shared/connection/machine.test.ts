import { describe, expect, it } from 'vitest';
import { EMPTY_TALLY } from '../../../../src/shared/connection/machine-types.ts';
import { DEFAULT_RECONNECT } from '../../../../src/shared/connection/types.ts';
import {
  chunk,
  ended,
  failed,
  head,
  playbook,
  reconnectDue,
  reconnectRequested,
  refusedBodyDue,
  requestSpec,
  started,
  stopped,
  type Playbook,
} from '../../../support/playbook.ts';

const URL = 'http://h.example/events';
const OPENING = ['record attempt-start 1', `open 1 GET ${URL}`];

function connecting(
  spec: Parameters<typeof playbook>[0] = {},
  jitter?: Parameters<typeof playbook>[1],
): Playbook {
  const opening = ['record attempt-start 1', `open 1 ${spec.method ?? 'GET'} ${URL}`];
  return playbook(spec, jitter).at(0, started, opening, 'connecting');
}

function open(spec: Parameters<typeof playbook>[0] = {}, jitter?: Parameters<typeof playbook>[1]): Playbook {
  return connecting(spec, jitter).at(
    1,
    head(1),
    ['record response-head 1 200 accepted', 'begin-body 1 events'],
    'open',
  );
}

describe('a stream that opens and ends', () => {
  it('connects again after a clean end, from the original address', () => {
    open()
      .at(2, chunk(1, { events: 1 }), [], 'open')
      .at(
        3,
        ended(1),
        [
          'record attempt-end 1 end-of-stream',
          'record retry-scheduled 1 3000 default',
          'schedule reconnect 3000',
        ],
        'waiting',
      )
      .at(3003, reconnectDue, ['record attempt-start 2', `open 2 GET ${URL}`], 'connecting');
  });

  it('connects again after a network error', () => {
    open().at(
      2,
      failed(1, 'truncated'),
      [
        'record attempt-end 1 failed truncated',
        'record retry-scheduled 1 3000 default',
        'schedule reconnect 3000',
      ],
      'waiting',
    );
  });

  it('connects again when the first attempt finds nobody, as a browser does', () => {
    connecting().at(
      2,
      failed(1, 'refused'),
      [
        'record attempt-end 1 failed refused',
        'record retry-scheduled 1 3000 default',
        'schedule reconnect 3000',
      ],
      'waiting',
    );
  });

  it('makes exactly one new attempt when an end and an error both arrive', () => {
    open()
      .at(
        2,
        ended(1),
        [
          'record attempt-end 1 end-of-stream',
          'record retry-scheduled 1 3000 default',
          'schedule reconnect 3000',
        ],
        'waiting',
      )
      .at(2, failed(1), [], 'waiting')
      .at(3002, reconnectDue, ['record attempt-start 2', `open 2 GET ${URL}`], 'connecting')
      .at(3003, reconnectDue, [], 'connecting')
      .at(3003, failed(1), [], 'connecting')
      .at(3003, ended(1), [], 'connecting')
      .at(3003, head(1), [], 'connecting');
  });

  it('ignores a second head of the same attempt', () => {
    open().at(2, head(1), [], 'open');
  });

  it('records the redirects of the present attempt only', () => {
    const redirect = { kind: 'redirect-followed', status: 302, from: URL, to: 'http://h.example/b' } as const;
    connecting()
      .at(1, { ...redirect, attempt: 1 }, ['record redirect 1 302 http://h.example/b'], 'connecting')
      .at(1, { ...redirect, attempt: 0 }, [], 'connecting');
  });
});

describe('Last-Event-ID', () => {
  const again = (book: Playbook, attempt: number, id: string) =>
    book
      .at(
        2,
        ended(attempt),
        [
          `record attempt-end ${attempt} end-of-stream`,
          `record retry-scheduled ${attempt} 3000 default`,
          'schedule reconnect 3000',
        ],
        'waiting',
      )
      .at(
        3,
        reconnectDue,
        [`record attempt-start ${attempt + 1}`, `open ${attempt + 1} GET ${URL}${id}`],
        'connecting',
      );
  const reopen = (book: Playbook, attempt: number) =>
    book.at(
      4,
      head(attempt),
      [`record response-head ${attempt} 200 accepted`, `begin-body ${attempt} events`],
      'open',
    );

  it('is not sent when the server named none', () => {
    again(open().at(1, chunk(1, { events: 1 }), [], 'open'), 1, '');
  });

  it('is the last one named, and is kept over a connection that named none', () => {
    let book = again(open().at(1, chunk(1, { events: 1, lastEventId: '7' }), [], 'open'), 1, ' id=7');
    book = again(reopen(book, 2).at(5, chunk(2, { events: 1 }), [], 'open'), 2, ' id=7');
    expect(book.state.lastEventId).toBe('7');
  });

  it('is left out again once the server reset it', () => {
    const book = again(open().at(1, chunk(1, { events: 1, lastEventId: '7' }), [], 'open'), 1, ' id=7');
    again(reopen(book, 2).at(5, chunk(2, { events: 1, lastEventId: '' }), [], 'open'), 2, '');
  });

  it('of the request is sent by the first attempt and kept until the server names another', () => {
    const book = playbook({ lastEventId: '41' })
      .at(0, started, ['record attempt-start 1', `open 1 GET ${URL} id=41`], 'connecting')
      .at(1, head(1), ['record response-head 1 200 accepted', 'begin-body 1 events'], 'open');
    again(book, 1, ' id=41');
  });

  it('that no header can carry is left out, and the attempt says so', () => {
    const book = again(open().at(1, chunk(1, { events: 1, lastEventId: 'a\u0001b' }), [], 'open'), 1, '');
    const start = book.effects[0];
    expect(start?.kind === 'record' && start.entry.kind === 'attempt-start' && start.entry.why).toBe(
      'Reconnect after the stream ended. The last event ID was not sent: it contains U+0001, which a header cannot carry',
    );
    expect(book.state.lastEventId).toBe('a\u0001b');
  });

  it('changed in the request by hand is what the next attempt sends', () => {
    const book = open()
      .at(1, chunk(1, { events: 1, lastEventId: '7' }), [], 'open')
      .at(1, { kind: 'request-updated', request: requestSpec({ lastEventId: '3' }) }, [], 'open');
    again(book, 1, ' id=3');
  });
});

describe('the reconnection time', () => {
  it('is what the server set, at once and for good', () => {
    let book = open().at(1, chunk(1, { retryMs: 1500 }), [], 'open');
    for (const attempt of [1, 2, 3]) {
      const id = attempt + 1;
      book = book
        .at(2, chunk(attempt, { events: 1 }), [], 'open')
        .at(
          3,
          ended(attempt),
          [
            `record attempt-end ${attempt} end-of-stream`,
            `record retry-scheduled ${attempt} 1500 server-retry`,
            'schedule reconnect 1500',
          ],
          'waiting',
        )
        .at(4, reconnectDue, [`record attempt-start ${id}`, `open ${id} GET ${URL}`], 'connecting')
        .at(5, head(id), [`record response-head ${id} 200 accepted`, `begin-body ${id} events`], 'open');
    }
  });

  it('grows while attempts bring no event, opened or not, and starts over at the first event', () => {
    const reconnect = { ...DEFAULT_RECONNECT, initialDelayMs: 1000, maxDelayMs: 5000 };
    const book = connecting({ reconnect });
    const wait = (attempt: number, delayMs: number, source: string) => {
      const next = attempt + 1;
      book
        .at(
          0,
          failed(attempt),
          [
            `record attempt-end ${attempt} failed reset`,
            `record retry-scheduled ${attempt} ${delayMs} ${source}`,
            `schedule reconnect ${delayMs}`,
          ],
          'waiting',
        )
        .at(0, reconnectDue, [`record attempt-start ${next}`, `open ${next} GET ${URL}`], 'connecting')
        .at(
          0,
          head(next),
          [`record response-head ${next} 200 accepted`, `begin-body ${next} events`],
          'open',
        );
    };
    wait(1, 1000, 'default');
    wait(2, 2000, 'backoff');
    wait(3, 4000, 'backoff');
    wait(4, 5000, 'backoff');
    wait(5, 5000, 'backoff');
    book.at(0, chunk(6, { events: 0 }), [], 'open');
    wait(6, 5000, 'backoff');
    book.at(0, chunk(7, { events: 2 }), [], 'open');
    wait(7, 1000, 'default');
    wait(8, 2000, 'backoff');
  });

  it('of 0 is legal and raised to the floor', () => {
    open()
      .at(1, chunk(1, { retryMs: 0, events: 1 }), [], 'open')
      .at(
        2,
        ended(1),
        [
          'record attempt-end 1 end-of-stream',
          'record retry-scheduled 1 250 floor',
          'schedule reconnect 250',
        ],
        'waiting',
      );
  });

  it('longer than a timer can hold is cut', () => {
    open()
      .at(1, chunk(1, { retryMs: 99_999_999_999, events: 1 }), [], 'open')
      .at(
        2,
        ended(1),
        [
          'record attempt-end 1 end-of-stream',
          'record retry-scheduled 1 2147483647 clamped',
          'schedule reconnect 2147483647',
        ],
        'waiting',
      );
  });
});

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

  it('are asked for again in mode always', () => {
    open({ method: 'POST', reconnect: { ...DEFAULT_RECONNECT, mode: 'always' } }).at(
      2,
      ended(1),
      [
        'record attempt-end 1 end-of-stream',
        'record retry-scheduled 1 3000 default',
        'schedule reconnect 3000',
      ],
      'waiting',
    );
  });

  it('and a GET in mode never ends with its stream', () => {
    open({ reconnect: { ...DEFAULT_RECONNECT, mode: 'never' } }).at(
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
      .at(
        2,
        ended(1),
        [
          'record attempt-end 1 end-of-stream',
          'record retry-scheduled 1 3000 default',
          'schedule reconnect 3000',
        ],
        'waiting',
      )
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
      { ...stopped, by },
      ['abort', 'record attempt-end 1 stopped', 'record connection-closed 1 closed'],
      'closed',
    );
    expect(book.state.outcome).toBe(outcome);
  });

  it('connect again now does not wait for the timer', () => {
    open()
      .at(
        2,
        ended(1),
        [
          'record attempt-end 1 end-of-stream',
          'record retry-scheduled 1 3000 default',
          'schedule reconnect 3000',
        ],
        'waiting',
      )
      .at(
        3,
        reconnectRequested,
        ['cancel reconnect', 'record attempt-start 2', `open 2 GET ${URL}`],
        'connecting',
      );
  });

  it('connect again now drops an open stream first', () => {
    open()
      .at(1, chunk(1, { events: 1, lastEventId: '9' }), [], 'open')
      .at(
        3,
        reconnectRequested,
        ['abort', 'record attempt-end 1 stopped', 'record attempt-start 2', `open 2 GET ${URL} id=9`],
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
      .at(
        2,
        ended(1),
        [
          'record attempt-end 1 end-of-stream',
          'record retry-scheduled 1 3000 default',
          'schedule reconnect 3000',
        ],
        'waiting',
      )
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
      .at(
        2,
        ended(1),
        [
          'record attempt-end 1 end-of-stream',
          'record retry-scheduled 1 3000 default',
          'schedule reconnect 3000',
        ],
        'waiting',
      )
      .at(3, full, ['cancel reconnect', 'record connection-closed 1 failed'], 'failed')
      .at(4, full, [], 'failed');
  });
});

it('tells the time since which a state holds', () => {
  const book = playbook().at(5, started, OPENING, 'connecting');
  expect(book.state.sinceMs).toBe(5);
  book.at(8, head(1), ['record response-head 1 200 accepted', 'begin-body 1 events'], 'open');
  expect(book.state.sinceMs).toBe(8);
});
