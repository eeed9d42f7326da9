import { describe, expect, it } from 'vitest';
import { open, request, stage, start } from '../../../support/live-stage.ts';

describe('live sessions', () => {
  it('start with variables filled in, and keep no secret of the address', async () => {
    const { sessions, calls, statuses } = stage();
    const summary = await sessions.start(start);
    expect(summary).toMatchObject({ id: 's1', name: 'Goals', outcome: 'live', endpointId: 'e1' });
    expect(calls).toEqual([
      [
        'create',
        {
          name: 'Goals',
          method: 'GET',
          url: 'http://127.0.0.1:9/events?token=(hidden-11)',
          endpointId: 'e1',
          startedAt: 1_700_000_000_000,
        },
      ],
      ['start', 's1', 'http://127.0.0.1:9/events?token=very-secret', '7'],
    ]);
    expect(statuses).toEqual([{ sessionId: 's1', status: open }]);
  });

  it('are named after the address when they have no name', async () => {
    const summary = await stage().sessions.start({ ...start, name: '  ' });
    expect(summary.name).toBe('http://127.0.0.1:9/events?token=(hidden-11)');
  });

  it('do not start with an unknown variable', async () => {
    const { sessions, calls } = stage();
    await expect(
      sessions.start({ ...start, request: { ...request, url: '{{nope}}/' } }),
    ).rejects.toMatchObject({ code: 'bad-arguments' });
    expect(calls).toEqual([]);
  });

  it('do not start when nothing can be stored', async () => {
    const { sessions, calls } = stage({ refuseToCreate: true });
    await expect(sessions.start(start)).rejects.toMatchObject({ code: 'storage', message: 'No space.' });
    expect(calls.map(([name]) => name)).toEqual(['create']);
    expect(await sessions.list()).toEqual([]);
  });

  it('are listed with their counts of now', async () => {
    const { sessions, logs, wait } = stage();
    await sessions.start(start);
    logs.get('s1')?.appendEntry({ kind: 'capture-notice', code: 'disk', message: '' }, 5);
    wait(250);
    expect(await sessions.list()).toMatchObject([{ id: 's1', durationMs: 250, counts: { entries: 1 } }]);
    expect(await sessions.summary('s1')).toMatchObject({ durationMs: 250, outcome: 'live' });
  });

  it('are finished in the store when the connection is over, and the list is told', async () => {
    const { sessions, connections, calls, listChanges } = stage();
    await sessions.start(start);
    const before = listChanges();
    connections.end('s1', 'ended');
    await expect.poll(listChanges).toBeGreaterThan(before);
    expect(calls.at(-1)).toEqual(['finish', 's1', 'ended']);
    expect(await sessions.list()).toMatchObject([{ outcome: 'ended' }]);
    expect(sessions.statusAll()).toEqual([]);
  });

  it('end with a full disk, also when it was full from the start', async () => {
    const late = stage();
    await late.sessions.start(start);
    late.failures.get('s1')?.(new Error('The disk is full.'));
    expect(late.calls).toContainEqual(['storage-failed', 's1', 'The disk is full.']);

    const early = stage({ failOnCreate: new Error('The disk was full.') });
    await early.sessions.start(start);
    expect(early.calls.slice(1)).toEqual([
      ['start', 's1', 'http://127.0.0.1:9/events?token=very-secret', '7'],
      ['storage-failed', 's1', 'The disk was full.'],
      ['finish', 's1', 'failed'],
    ]);
  });

  it('are stopped before they are deleted', async () => {
    const { sessions, calls } = stage();
    await sessions.start(start);
    await sessions.remove('s1');
    expect(calls.slice(2)).toEqual([
      ['stop', 's1', 'user'],
      ['finish', 's1', 'stopped'],
      ['forget', 's1'],
      ['remove', 's1'],
    ]);
    await sessions.restore('s1');
    expect(calls.at(-1)).toEqual(['restore', 's1']);
  });

  it('take changes for later attempts, with variables, as long as they live', async () => {
    const { sessions, calls, connections } = stage();
    await sessions.start(start);
    sessions.update('s1', null, { ...request, url: '{{samples}}/other' });
    expect(calls.at(-1)).toEqual(['update', 's1', 'http://127.0.0.1:9/other']);
    sessions.reconnectNow('s1');
    connections.end('s1', 'ended');
    expect(() => sessions.update('s1', null, request)).toThrow('has ended');
    expect(() => sessions.reconnectNow('s1')).toThrow('has ended');
    expect(() => sessions.stop('s1')).not.toThrow();
  });

  it('all end when the app does, and none starts after that', async () => {
    const { sessions, calls } = stage();
    await sessions.start(start);
    await sessions.start(start);
    await sessions.close();
    expect(calls.slice(-2)).toEqual([
      ['finish', 's1', 'stopped'],
      ['finish', 's2', 'stopped'],
    ]);
    await expect(sessions.start(start)).rejects.toMatchObject({ code: 'busy' });
  });

  it('report a session that could not be finished, and let it go', async () => {
    const { sessions, connections, faults, listChanges } = stage({ failOnFinish: true });
    await sessions.start(start);
    const before = listChanges();
    connections.end('s1', 'ended');
    await sessions.close();
    expect(faults).toEqual([['finishing the session s1', new Error('disk trouble')]]);
    expect(listChanges()).toBe(before + 1);
  });
});
