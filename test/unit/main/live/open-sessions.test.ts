import { describe, expect, it } from 'vitest';
import { createOpenSessions } from '../../../../src/main/live/open-sessions.ts';
import { createMemoryLog } from '../../../../src/shared/session/memory-log.ts';

function stage() {
  const calls: string[] = [];
  const faults: unknown[] = [];
  const sessions = createOpenSessions(
    {
      async open(sessionId) {
        calls.push(`open ${sessionId}`);
        if (sessionId === 'gone') throw new Error('not there');
        return createMemoryLog({ sessionId, maxBytes: 10_000 });
      },
      async release(sessionId) {
        calls.push(`close ${sessionId}`);
        if (sessionId === 'stuck') throw new Error('cannot be closed');
      },
    },
    (...fault) => faults.push(fault),
  );
  const read = (sessionId: string) => sessions.use(sessionId, ({ reader }) => reader.sessionId);
  return { sessions, calls, faults, read };
}

describe('open sessions', () => {
  it('are opened once for all who read them', async () => {
    const { calls, read } = stage();
    expect(await Promise.all([read('a'), read('a')])).toEqual(['a', 'a']);
    expect(await read('a')).toBe('a');
    expect(calls).toEqual(['open a']);
  });

  it('stay open while they are among the last that were read', async () => {
    const { calls, read } = stage();
    for (const id of ['a', 'b', 'c', 'd', 'a', 'e']) await read(id);
    await expect.poll(() => calls.slice(4)).toEqual(['open e', 'close b']);
  });

  it('are not closed while somebody holds them', async () => {
    const { sessions, calls, read } = stage();
    const held = await sessions.hold('a');
    for (const id of ['b', 'c', 'd', 'e', 'f']) await read(id);
    await expect.poll(() => calls).toContain('close b');
    expect(calls).not.toContain('close a');
    held.release();
    const closed = () => calls.filter((call) => call.startsWith('close'));
    await expect.poll(closed).toEqual(['close b', 'close a']);
  });

  it('are not closed in the moment in which somebody asks for them', async () => {
    const { sessions, calls, read } = stage();
    await read('a');
    for (const id of ['b', 'c', 'd']) await read(id);
    const [held] = await Promise.all([sessions.hold('a'), read('e'), read('f')]);
    await expect.poll(() => calls).toContain('close b');
    expect(calls).not.toContain('close a');
    held.release();
  });

  it('can be read again after work on them failed', async () => {
    const { sessions, calls, read } = stage();
    const failing = sessions.use('a', () => {
      throw new Error('broken');
    });
    await expect(failing).rejects.toThrow('broken');
    await read('a');
    for (const id of ['b', 'c', 'd', 'e']) await read(id);
    await expect.poll(() => calls).toContain('close a');
  });

  it('are asked for anew when they could not be opened', async () => {
    const { calls, read } = stage();
    await expect(read('gone')).rejects.toThrow('not there');
    await expect(read('gone')).rejects.toThrow('not there');
    expect(calls).toEqual(['open gone', 'open gone']);
  });

  it('are closed before they are removed, and opened anew when they come back', async () => {
    const { sessions, calls, read } = stage();
    const held = await sessions.hold('a');
    await sessions.forget('a');
    held.release();
    await sessions.forget('never read');
    await read('a');
    expect(calls).toEqual(['open a', 'close a', 'open a']);
  });

  it('are all closed in the end', async () => {
    const { sessions, calls, read } = stage();
    await read('a');
    await read('b');
    await sessions.close();
    expect(calls.slice(2)).toEqual(['close a', 'close b']);
  });

  it('report one that cannot be closed', async () => {
    const { faults, read } = stage();
    for (const id of ['stuck', 'b', 'c', 'd', 'e']) await read(id);
    await expect.poll(() => faults).toEqual([['closing the session stuck', new Error('cannot be closed')]]);
  });
});
