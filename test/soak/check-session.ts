/** Whether a session holds what its stream numbered: each event once and in order where ids allow it, and none made up. */
import type { ByteText } from '../../src/shared/sse/byte-text.ts';
import { decodedEntries } from '../../src/shared/export/decoded-entries.ts';
import type { SessionReader } from '../../src/shared/session/log.ts';
import { soakEvent } from './soak-stream.ts';

export interface SessionCheck {
  readonly events: number;
  readonly attempts: number;
  /** Numbers that came without an id, and are allowed to be missing. */
  readonly missed: number;
  /** Sentences; none where everything is as it should be. */
  readonly faults: readonly string[];
}

const MAX_FAULTS = 3;

/** `head` is the last number that the server gave. */
export async function checkSession(
  reader: SessionReader,
  byteText: ByteText,
  stream: string,
  head: number,
  withIds: boolean,
): Promise<SessionCheck> {
  const faults: string[] = [];
  let faultCount = 0;
  const complain = (fault: string): void => {
    faultCount += 1;
    if (faultCount <= MAX_FAULTS) faults.push(`Stream ${stream}: ${fault}`);
  };
  let before = 0;
  let events = 0;
  let missed = 0;
  for await (const entries of decodedEntries(reader, { from: 0, to: reader.count }, byteText)) {
    for (const entry of entries) {
      if (entry.what !== 'frame' || entry.kind !== 'event') continue;
      events += 1;
      const number = numberOf(entry.data, stream);
      if (number === null) complain(`entry ${entry.seq} is not an event that was sent`);
      else if (number <= before) complain(`event ${number} came again, or after ${before}`);
      else if (number > before + 1 && withIds) complain(`events ${before + 1} to ${number - 1} are missing`);
      if (number === null) continue;
      missed += Math.max(0, number - before - 1);
      before = Math.max(before, number);
    }
  }
  if (withIds && before !== head) complain(`it ends at ${before}, and the server numbered ${head}`);
  if (!withIds) missed += Math.max(0, head - before);
  if (before > head) complain(`it has event ${before}, and the server numbered ${head}`);
  if (faultCount > MAX_FAULTS) faults.push(`Stream ${stream}: ${faultCount - MAX_FAULTS} more like these`);
  return { events, attempts: reader.counts.attempts, missed: withIds ? 0 : missed, faults };
}

/** The number of an event, if it is what the server sends under that number. */
function numberOf(data: string, stream: string): number | null {
  // An event that was cut after its first character is joined by a line end.
  const json = data.replace(/^\{\n/, '{');
  try {
    const { number } = JSON.parse(json) as { number: unknown };
    if (typeof number !== 'number') return null;
    return JSON.stringify(soakEvent(stream, number)) === json ? number : null;
  } catch {
    return null;
  }
}
