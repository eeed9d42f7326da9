import { describe, expect, it } from 'vitest';
import type { AttemptTimings, JournalEntry } from '../../src/shared/session/entry.ts';
import { click, endpoint, eventually, journal, openWorld, session, status } from './support/world.ts';

const timings: AttemptTimings = { dnsMs: null, connectMs: 2, tlsMs: null, headMs: 9, firstByteMs: 10 };
const sent: JournalEntry = {
  kind: 'attempt-start',
  attempt: 1,
  method: 'GET',
  url: 'http://localhost/x',
  headers: [['X-Evil', '<img src=x onerror=alert(1)>']],
  body: '',
  lastEventId: '41',
  why: 'You connected',
};
const got: JournalEntry = {
  kind: 'response-head',
  attempt: 1,
  status: 401,
  statusText: 'Unauthorized',
  headers: [['content-type', 'application/json']],
  url: 'http://localhost/x',
  httpVersion: '1.1',
  remoteAddress: '127.0.0.1:80',
  timings,
  accepted: false,
};
const refused: JournalEntry = {
  kind: 'attempt-end',
  attempt: 1,
  how: 'refused',
  failure: { code: 'http-status', message: 'The server answered 401. Add a header that says who you are.' },
  wireBytes: 10,
  bodyBytes: 10,
  timings,
};
const closed: JournalEntry = {
  kind: 'connection-closed',
  attempt: 1,
  state: 'failed',
  why: 'The server answered 401. Add a header that says who you are.',
};

const header = () => document.querySelector('section[aria-label=Session]') as HTMLElement;

describe('the session header', () => {
  it('counts down to the next attempt, says why and can be hurried', async () => {
    const world = await openWorld({ sessions: [session('s', { outcome: 'live' })], ui: { sessionId: 's' } });
    world.report(
      's',
      status('waiting', {
        waiting: {
          delayMs: 60_000,
          dueEpochMs: Date.now() + 60_000,
          source: 'server-retry',
          why: 'The stream ended. Connecting again as the server asked.',
        },
      }),
    );
    expect(header().textContent).toMatch(/Waiting\s+\d\d\.\d s/);
    expect(header().textContent).toContain('Connecting again as the server asked.');
    click(world.button('Reconnect now'));
    expect(world.calls('connection:reconnect-now')).toEqual([{ sessionId: 's' }]);
  });

  it('tells a screen reader the state and not every count', async () => {
    const world = await openWorld({
      sessions: [session('s', { name: 'Scores', outcome: 'live' })],
      ui: { sessionId: 's' },
    });
    world.report('s', status('open'));
    expect([...header().querySelectorAll('[role=status]')].map((one) => one.textContent)).toEqual([
      'Scores: Open',
    ]);
  });

  it('names the cause of a failure and offers the next step', async () => {
    const world = await openWorld({
      nodes: [endpoint('E', 'http://localhost/x')],
      sessions: [session('s', { outcome: 'failed', endpointId: 'E' })],
      ui: { sessionId: 's', endpointId: 'E' },
      journal: journal(sent, got, refused, closed),
    });
    await eventually(() => expect(header().textContent).toContain('The server answered 401.'));
    expect(header().textContent).toContain('Failed');
    click(world.button('Edit the headers'));
    expect(world.field('Name of a new header')).toBeTruthy();
    click(world.button('Show the answer'));
    expect(world.app.ui.tab).toBe('raw');
  });
});

describe('the connection view', () => {
  it('tells the story of an attempt, and shows hostile values as text', async () => {
    await openWorld({
      sessions: [session('s', { outcome: 'failed' })],
      ui: { sessionId: 's', tab: 'connection' },
      journal: journal(sent, got, refused, closed),
    });
    await eventually(() => expect(document.querySelectorAll('details')).toHaveLength(1));
    const card = document.querySelector('details') as HTMLElement;
    const text = card.textContent.replace(/\s+/g, ' ');
    expect(card.querySelector('img')).toBeNull();
    expect(text).toContain('<img src=x onerror=alert(1)>');
    for (const part of ['Attempt 1', 'Refused', 'You connected', 'Resumes after the event with id 41'])
      expect(text).toContain(part);
    expect(text).toContain('HTTP/1.1 401 Unauthorized');
    expect(text).toContain('Not read as a stream of events');
    expect([...card.querySelectorAll('th')].map((cell) => cell.textContent)).toEqual([
      'TCP',
      'Head',
      'First byte',
    ]);
  });

  it('shows many attempts page by page, newest first', async () => {
    const many = Array.from({ length: 70 }, (_, at): JournalEntry => ({ ...sent, attempt: at + 1 }));
    const world = await openWorld({
      sessions: [session('s', { outcome: 'interrupted' })],
      ui: { sessionId: 's', tab: 'connection' },
      journal: journal(...many),
    });
    await eventually(() => expect(document.querySelectorAll('details')).toHaveLength(30));
    expect(document.querySelector('details')?.textContent).toContain('Attempt 70');
    click(world.button(/^Show 30 earlier attempts/));
    click(world.button(/^Show 10 earlier attempts/));
    expect(document.querySelectorAll('details')).toHaveLength(70);
  });

  it('selects the entry that an attempt came from', async () => {
    const world = await openWorld({
      sessions: [session('s')],
      ui: { sessionId: 's', tab: 'connection' },
      journal: journal(sent, got),
      answers: {
        'session:row-of-entry': ({ seq }) => seq,
        'session:entry': ({ seq }) => ({
          seq,
          atMs: 1,
          attempt: 1,
          kindNumber: 66,
          flags: 0,
          framing: 'sse' as const,
          offset: 0,
          length: 0,
          bytes: null,
          lastEventId: '',
          reads: [],
          journal: { seq, atMs: 1, entry: got },
          previousSameTypeSeq: null,
        }),
      },
    });
    await eventually(() => expect(world.maybeButton('#1')).not.toBeNull());
    click(world.button('#1'));
    await eventually(() =>
      expect(document.querySelector('[aria-label="Selected entry"]')?.textContent).toContain('401'),
    );
    expect(world.app.session?.selectedSeq).toBe(1);
  });
});

describe('the export', () => {
  it('is offered for all formats, shows its progress, can be cancelled and shows the file', async () => {
    const world = await openWorld({ sessions: [session('s')], ui: { sessionId: 's' } });
    world.press(window, 'S', { ctrlKey: true, shiftKey: true });
    const items = [...document.querySelectorAll('[data-format]')];
    expect(items.map((item) => item.textContent.replace(/\s+/g, ' ').trim())).toEqual([
      'NDJSON .ndjson One entry a line',
      'Raw bytes .sse As they came',
    ]);
    await eventually(() =>
      expect(world.text()).toContain('3 secrets (1 in headers, 2 in events) will read [redacted].'),
    );
    click(world.button('Export…'));
    const scope = { kind: 'all' };
    expect(world.calls('export:save')).toEqual([
      { sessionId: 's', formatId: 'ndjson', scope, includeSecrets: false },
    ]);

    const progress = {
      jobId: 'job',
      total: 10,
      bytes: 1,
      path: '/home/me/out.ndjson',
      message: '',
      redacted: 3,
    };
    world.transport.emit('export:progress', { ...progress, state: 'running', done: 5 });
    await eventually(() => expect(document.querySelector('progress')?.value).toBe(0.5));
    click(world.button('Cancel'));
    expect(world.calls('export:cancel')).toEqual([{ jobId: 'job' }]);

    world.transport.emit('export:progress', { ...progress, state: 'done', done: 10 });
    await eventually(() => expect(world.text()).toContain('Exported to out.ndjson, 3 secrets redacted'));
    expect(document.querySelector('progress')).toBeNull();
    click(world.button('Show file'));
    expect(world.calls('export:reveal')).toEqual([{ jobId: 'job' }]);
  });

  it('is offered for the selected range too', async () => {
    const world = await openWorld({ sessions: [session('s')], ui: { sessionId: 's' } });
    world.app.session?.selectRange({ from: 3, to: 8 });
    click(world.button('Export'));
    expect(document.querySelector('[value=range]')?.parentElement?.textContent).toContain('5 entries');
    click(document.querySelector('[data-format=raw] input') as Element);
    click(world.button('Export…'));
    const scope = { kind: 'range', range: { from: 3, to: 8 } };
    expect(world.calls('export:save')).toEqual([
      { sessionId: 's', formatId: 'raw', scope, includeSecrets: false },
    ]);
  });

  it('includes secrets once, and only when they are asked for', async () => {
    const world = await openWorld({ sessions: [session('s')], ui: { sessionId: 's', filter: 'type:goal' } });
    click(world.button('Export'));
    click(document.querySelector('[value=filter]') as Element);
    click(document.querySelector('input[type=checkbox]') as Element);
    await eventually(() => expect(world.text()).toContain('will be in the file as they are.'));
    click(world.button('Export…'));
    expect(world.calls('export:save')).toEqual([
      {
        sessionId: 's',
        formatId: 'raw',
        scope: { kind: 'filter', filter: { text: 'type:goal', hiddenKinds: [] } },
        includeSecrets: true,
      },
    ]);
    click(world.button('Export'));
    expect(document.querySelector<HTMLInputElement>('dialog input[type=checkbox]')?.checked).toBe(false);
  });

  it('says why it failed', async () => {
    const world = await openWorld({ sessions: [session('s')], ui: { sessionId: 's' } });
    world.transport.emit('export:progress', {
      jobId: 'job',
      state: 'failed',
      done: 0,
      total: 1,
      bytes: 0,
      path: '/x/out.sse',
      message: 'The disk is full.',
      redacted: 0,
    });
    await eventually(() =>
      expect(document.querySelector('[role=alert]')?.textContent).toContain(
        'The export to out.sse failed: The disk is full.',
      ),
    );
  });
});
