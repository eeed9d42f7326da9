/**
 * Where Chromium departs from the standard, computed, so that nothing about it is left to tolerance; docs/conformance.md lists it.
 * The `retry` lines of a plan are read here by a few lines of code of their own, also to keep plans quick.
 */
import { bodyOf, type Plan, type PlannedConnection } from './plan.ts';

/** Blink's reconnection time until a server sets one, and again after an empty `retry`. */
export const BLINK_DEFAULT_MS = 3000;

/** Complete lines of a body that begin with the field name `retry`, as the value that counts. */
function retryValues(body: Buffer): string[] {
  const text = body.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  const complete = text.split(/\r\n|\r|\n/).slice(0, -1);
  return complete.flatMap((line) => {
    const found = /^retry(?:: ?([^]*))?$/.exec(line);
    return found ? [found[1] ?? ''] : [];
  });
}

export function largestRetryMs(plan: Plan): number {
  const values = plan.connections.flatMap((connection) => retryValues(bodyOf(connection)));
  return Math.max(0, ...values.filter((value) => /^[0-9]+$/.test(value)).map(Number));
}

/**
 * What a client waits after each connection. `resets`: an empty `retry` brings the default back, as in Blink; the standard
 * ignores it.
 */
export function waitsOf(plan: Plan, emptyRetry: 'ignored' | 'resets'): number[] {
  let waitMs = BLINK_DEFAULT_MS;
  return plan.connections.map((connection) => {
    for (const value of retryValues(bodyOf(connection))) {
      if (value === '' && emptyRetry === 'resets') waitMs = BLINK_DEFAULT_MS;
      else if (/^[0-9]+$/.test(value)) waitMs = Number(value);
    }
    return waitMs;
  });
}

const BOM = Buffer.from('\uFEFF');

/**
 * The plan whose reading by the standard is Blink's reading of `plan`. Blink does not look at the byte behind a byte order mark: a
 * line end there becomes the first character of the first line, whose field nobody knows then. The same plan where nothing departs.
 */
export function asBlinkReads(plan: Plan): Plan {
  if (!plan.connections.some(beginsWithMarkAndLineEnd)) return plan;
  return {
    ...plan,
    connections: plan.connections.map((connection) =>
      beginsWithMarkAndLineEnd(connection)
        ? { ...connection, writes: withByte(connection.writes, BOM.length, 0x0b) }
        : connection,
    ),
  };
}

function beginsWithMarkAndLineEnd(connection: PlannedConnection): boolean {
  const body = bodyOf(connection);
  return body.subarray(0, BOM.length).equals(BOM) && (body[BOM.length] === 0x0a || body[BOM.length] === 0x0d);
}

/** The writes with the byte at `at` replaced. */
function withByte(writes: readonly Uint8Array[], at: number, byte: number): Uint8Array[] {
  let start = 0;
  return writes.map((bytes) => {
    const copy = Uint8Array.from(bytes);
    if (at >= start && at < start + bytes.length) copy[at - start] = byte;
    start += bytes.length;
    return copy;
  });
}
