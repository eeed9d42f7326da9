/** Watches how far a compressed body grows while it is decoded, and says when it grows as only a bomb does. */
import { INFLATION_GRACE_BYTES, sizeText, type LimitSpec } from '../../shared/connection/limits.ts';

export type InflationLimits = Pick<LimitSpec, 'maxInflation' | 'maxInflatedReadBytes'>;

/** The body would become larger than the limits allow. The message is a sentence for people. */
export class InflationError extends Error {
  override readonly name = 'InflationError';
}

/** Counts one body. Each coding is counted by itself: what lies between two of them costs as well. */
export interface InflationMeter {
  /** One socket read goes in. */
  read(wireBytes: number): void;
  /** A coding made this many bytes of it. `made` is the coding's own count, from 0. Says what is wrong with that, if anything. */
  inflated(made: MadeBytes, bytes: number): InflationError | null;
}

export interface MadeBytes {
  ofBody: number;
  /** Of the read in hand, whose number is `read`. */
  ofRead: number;
  read: number;
}

export function noBytes(): MadeBytes {
  return { ofBody: 0, ofRead: 0, read: 0 };
}

export function createInflationMeter(limits: InflationLimits): InflationMeter {
  const { maxInflation, maxInflatedReadBytes } = limits;
  let reads = 0;
  let readBytes = 0;
  let wireBytes = 0;
  return {
    read(bytes) {
      reads += 1;
      readBytes = bytes;
      wireBytes += bytes;
    },
    inflated(made, bytes) {
      made.ofBody += bytes;
      made.ofRead = (made.read === reads ? made.ofRead : 0) + bytes;
      made.read = reads;
      if (maxInflatedReadBytes > 0 && made.ofRead > maxInflatedReadBytes)
        return tooLarge(
          `${sizeText(readBytes)} on the wire became more than ${sizeText(maxInflatedReadBytes)}`,
        );
      if (maxInflation > 0 && made.ofBody > INFLATION_GRACE_BYTES && made.ofBody > wireBytes * maxInflation)
        return tooLarge(
          `${sizeText(wireBytes)} on the wire became ${sizeText(made.ofBody)}, more than ${maxInflation} times as much`,
        );
      return null;
    },
  };
}

function tooLarge(what: string): InflationError {
  return new InflationError(
    `${what}, as a decompression bomb does. What was decoded up to there is kept. If the server means it, raise the limit under Limits, or ask with Accept-Encoding: identity.`,
  );
}
