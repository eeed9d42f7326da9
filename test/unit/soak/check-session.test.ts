import { describe, expect, it } from 'vitest';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { createMemoryLog } from '../../../src/shared/session/memory-log.ts';
import { createRecorder } from '../../../src/shared/session/recorder.ts';
import { checkSession } from '../../soak/check-session.ts';
import { soakBlock } from '../../soak/soak-stream.ts';
import { attemptStart } from '../../support/attempt-entries.ts';

const byteText = createNodeByteText();

/** Faults found in a session that got these bodies, one an attempt. */
async function faultsOf(bodies: readonly string[], head: number, withIds = true) {
  const log = createMemoryLog({ sessionId: 's', maxBytes: 1024 * 1024 });
  const recorder = createRecorder({ log, byteText });
  bodies.forEach((body, at) => {
    recorder.entry(attemptStart(at + 1), at);
    recorder.beginBody(at + 1, 'sse');
    recorder.read(Buffer.from(body), at);
    recorder.endBody(at);
  });
  return checkSession(log, byteText, '3', head, withIds);
}

const events = (...numbers: number[]) => numbers.map((number) => soakBlock('3', number, true)).join('');

describe('the check of a soaked session', () => {
  it('finds nothing where every event came once, over all attempts and in every shape', async () => {
    const { faults, events: count, attempts } = await faultsOf([events(1, 2, 3), events(4, 5, 6, 7, 8)], 8);
    expect({ faults, count, attempts }).toEqual({ faults: [], count: 8, attempts: 2 });
  });

  it.each<[string, string[], string]>([
    ['that is missing', [events(1, 2), events(4, 5)], 'events 3 to 3 are missing'],
    ['that came twice', [events(1, 2, 3), events(3, 4, 5)], 'event 3 came again'],
    ['out of order', [events(1, 3, 2, 4, 5)], 'event 2 came again, or after 3'],
    ['that is missing at the end', [events(1, 2, 3, 4)], 'it ends at 4, and the server numbered 5'],
    ['that was never numbered', [events(1, 2, 3, 4, 5, 6)], 'and the server numbered 5'],
    ['that is altered', [events(1, 2, 3, 4, 5).replace('№2·', '№3·')], 'is not an event that was sent'],
    ['of another stream', [events(1, 2, 3, 4, 5) + soakBlock('4', 6, true)], 'is not an event that was sent'],
  ])('finds an event %s', async (_what, bodies, fault) => {
    const { faults } = await faultsOf(bodies, 5);
    expect(faults.join('\n')).toContain(fault);
  });

  it('lets events without ids be missing, counts them, and lets none come twice', async () => {
    expect(await faultsOf([events(2, 3), events(6)], 8, false)).toMatchObject({ faults: [], missed: 5 });
    expect((await faultsOf([events(2, 3), events(3)], 3, false)).faults).toHaveLength(1);
  });
});
