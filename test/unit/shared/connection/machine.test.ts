import { describe, expect, it } from 'vitest';
import { DEFAULT_RECONNECT } from '../../../../src/shared/connection/types.ts';
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
  requestSpec,
  started,
  URL_ASKED,
  type Playbook,
} from '../../../support/playbook.ts';

describe('a stream that opens and ends', () => {
  it('connects again after a clean end, from the original address', () => {
    open()
      .at(2, chunk(1, { events: 1 }), [], 'open')
      .at(3, ended(1), endsAndWaits(1), 'waiting')
      .at(3003, reconnectDue, ['record attempt-start 2', `open 2 GET ${URL_ASKED}`], 'connecting');
  });

  it('connects again after a network error', () => {
    open().at(2, failed(1, 'truncated'), endsAndWaits(1, 'failed truncated'), 'waiting');
  });

  it('connects again when the first attempt finds nobody, as a browser does', () => {
    connecting().at(2, failed(1, 'refused'), endsAndWaits(1, 'failed refused'), 'waiting');
  });

  it('#48 double-reconnect: makes exactly one new attempt when an end and an error both arrive', () => {
    open()
      .at(2, ended(1), endsAndWaits(1), 'waiting')
      .at(2, failed(1), [], 'waiting')
      .at(3002, reconnectDue, ['record attempt-start 2', `open 2 GET ${URL_ASKED}`], 'connecting')
      .at(3003, reconnectDue, [], 'connecting')
      .at(3003, failed(1), [], 'connecting')
      .at(3003, ended(1), [], 'connecting')
      .at(3003, head(1), [], 'connecting');
  });

  it('ignores a second head of the same attempt', () => {
    open().at(2, head(1), [], 'open');
  });

  it('records the redirects of the present attempt only', () => {
    const redirect = {
      kind: 'redirect-followed',
      status: 302,
      from: URL_ASKED,
      to: 'http://h.example/b',
    } as const;
    connecting()
      .at(1, { ...redirect, attempt: 1 }, ['record redirect 1 302 http://h.example/b'], 'connecting')
      .at(1, { ...redirect, attempt: 0 }, [], 'connecting');
  });
});

describe('Last-Event-ID', () => {
  const again = (book: Playbook, attempt: number, id: string) =>
    book
      .at(2, ended(attempt), endsAndWaits(attempt), 'waiting')
      .at(
        3,
        reconnectDue,
        [`record attempt-start ${attempt + 1}`, `open ${attempt + 1} GET ${URL_ASKED}${id}`],
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
      .at(0, started, ['record attempt-start 1', `open 1 GET ${URL_ASKED} id=41`], 'connecting')
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
    book
      .at(2, ended(1), endsAndWaits(1), 'waiting')
      .at(
        3002,
        reconnectDue,
        ['set-id 3', 'record attempt-start 2', `open 2 GET ${URL_ASKED} id=3`],
        'connecting',
      );
  });
});

describe('the reconnection time', () => {
  it('#29 retry-persists: is what the server set, at once and for good', () => {
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
        .at(4, reconnectDue, [`record attempt-start ${id}`, `open ${id} GET ${URL_ASKED}`], 'connecting')
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
        .at(0, reconnectDue, [`record attempt-start ${next}`, `open ${next} GET ${URL_ASKED}`], 'connecting')
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

  it('#26 retry-0: of 0 is legal and raised to the floor', () => {
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

  it('#27 retry-huge: longer than a timer can hold is cut', () => {
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

it('tells the time since which a state holds', () => {
  const book = playbook().at(5, started, ['record attempt-start 1', `open 1 GET ${URL_ASKED}`], 'connecting');
  expect(book.state.sinceMs).toBe(5);
  book.at(8, head(1), ['record response-head 1 200 accepted', 'begin-body 1 events'], 'open');
  expect(book.state.sinceMs).toBe(8);
});
