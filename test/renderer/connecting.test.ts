import { describe, expect, it } from 'vitest';
import type { SessionSummary } from '../../src/shared/session/entry.ts';
import { click, endpoint, eventually, openWorld, session, status } from './support/world.ts';

const nodes = [endpoint('Scores', '{{samples}}/scores'), endpoint('Other', 'http://localhost/other')];

describe('connecting', () => {
  it('asks for what is in the bar, and the one button follows the connection', async () => {
    const world = await openWorld({ nodes });
    expect(world.button('Connect').disabled).toBe(true);
    click(world.treeItem('Scores'));
    expect(world.field('Address').value).toBe('{{samples}}/scores');
    click(world.button('Connect'));
    await eventually(() => expect(world.app.session?.sessionId).toBe('s1'));
    expect(world.calls('connection:start')).toMatchObject([
      { endpointId: 'Scores', name: 'Scores', request: { method: 'GET', url: '{{samples}}/scores' } },
    ]);

    world.report('s1', status('connecting'));
    expect(world.maybeButton('Cancel')).not.toBeNull();
    world.report('s1', status('open'));
    click(world.button('Stop'));
    expect(world.calls('connection:stop')).toEqual([{ sessionId: 's1' }]);
    world.report('s1', status('closed', { reason: 'You stopped it' }));
    expect(world.button('Connect').disabled).toBe(false);
  });

  it('completes an address without a scheme and names the session after it', async () => {
    const world = await openWorld();
    const address = world.field('Address');
    world.type(address, ' localhost:8080/events ');
    world.press(address, 'Enter');
    await eventually(() =>
      expect(world.calls('connection:start')).toMatchObject([
        { endpointId: null, name: 'localhost:8080/events', request: { url: 'http://localhost:8080/events' } },
      ]),
    );
  });

  it('goes to the address instead when there is none', async () => {
    const world = await openWorld();
    world.press(window, 'Enter', { ctrlKey: true });
    expect(document.activeElement).toBe(world.field('Address'));
    expect(world.calls('connection:start')).toEqual([]);
  });

  it('stops what was cancelled before it had started', async () => {
    const world = await openWorld({ nodes });
    click(world.treeItem('Scores'));
    click(world.button('Connect'));
    click(world.button('Cancel'));
    await eventually(() => expect(world.calls('connection:stop')).toEqual([{ sessionId: 's1' }]));
  });

  it('says why a connection could not start', async () => {
    const world = await openWorld({
      nodes,
      answers: {
        'connection:start': () => {
          throw new Error('There is no variable {{room}}.');
        },
      },
    });
    click(world.treeItem('Scores'));
    click(world.button('Connect'));
    await eventually(() =>
      expect(document.querySelector('[role=alert]')?.textContent).toContain('There is no variable {{room}}.'),
    );
    expect(world.button('Connect').disabled).toBe(false);
  });

  it('opens an address from the command line, and one from a later start, at once', async () => {
    const world = await openWorld({ openUrl: 'http://localhost:1/a' });
    await eventually(() => expect(world.calls('connection:start')).toHaveLength(1));
    expect(world.field('Address').value).toBe('http://localhost:1/a');
    await eventually(() => expect(world.app.starting).toBe(false));
    world.transport.emit('app:open-url', 'http://localhost:2/b');
    await eventually(() =>
      expect(world.calls('connection:start').at(-1)).toMatchObject({
        request: { url: 'http://localhost:2/b' },
      }),
    );
  });

  it('takes a pasted address without what stands around it', async () => {
    const world = await openWorld();
    const address = world.field('Address');
    const paste = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), {
      clipboardData: { getData: () => '"http://localhost/pasted"\n' },
    });
    address.setSelectionRange(0, address.value.length);
    address.dispatchEvent(paste);
    await eventually(() => expect(address.value).toBe('http://localhost/pasted'));
  });
});

describe('the session of an endpoint', () => {
  it('is the live one, else the newest, else none', async () => {
    const world = await openWorld({
      nodes,
      sessions: [
        session('new', { endpointId: 'Scores' }),
        session('old', { endpointId: 'Scores' }),
        session('stray'),
      ],
    });
    click(world.treeItem('Scores'));
    expect(world.app.session?.sessionId).toBe('new');
    click(world.treeItem('Other'));
    expect(world.app.session).toBeNull();
    world.report('old', status('open'));
    click(world.treeItem('Scores'));
    expect(world.app.session?.sessionId).toBe('old');
  });

  it('can be left for an earlier one, and the button still stops the live one', async () => {
    const world = await openWorld({
      nodes,
      sessions: [session('new', { endpointId: 'Scores' }), session('old', { endpointId: 'Scores' })],
    });
    world.report('new', status('open'));
    world.app.selectSession('old');
    await eventually(() => expect(world.maybeButton('Show the live one')).not.toBeNull());
    click(world.button('Stop'));
    expect(world.calls('connection:stop')).toEqual([{ sessionId: 'new' }]);
    click(world.button('Show the live one'));
    expect(world.app.session?.sessionId).toBe('new');
  });

  it('is shown as well when the list does not have it yet', async () => {
    let listed: readonly SessionSummary[] = [];
    const world = await openWorld({
      sessions: [session('tapped')],
      answers: { 'session:list': () => listed },
    });
    listed = [session('tapped')];
    world.app.selectSession('tapped');
    await eventually(() => expect(world.app.session?.sessionId).toBe('tapped'));
  });

  it('puts its address into the bar when its endpoint is gone', async () => {
    const world = await openWorld({
      sessions: [session('lost', { endpointId: 'gone', method: 'POST', url: 'http://localhost/lost' })],
    });
    world.app.selectSession('lost');
    await eventually(() => expect(world.field('Address').value).toBe('http://localhost/lost'));
    expect(world.app.form.request.method).toBe('POST');
  });
});
