/**
 * How much of an answer is taken before it is cut off: what a hostile or broken server can cost. Every number is a setting of the
 * endpoint; docs/connections.md explains the defaults under "Limits".
 */
import type { Failure } from './types.ts';

export interface LimitSpec {
  /** The longest event, line ends and all; also the longest line, for a line that never ends is an event that never ends. */
  readonly maxEventBytes: number;
  /**
   * What an event does that is longer. `drop`: the attempt fails, and the reconnect policy decides what follows. `keep`: its
   * bytes are kept in pieces without their meaning, for as long as it lasts.
   */
  readonly longEvent: 'drop' | 'keep';
  /** The longest response head, all header lines together. */
  readonly maxHeadBytes: number;
  /** How many bytes one byte of compressed body may become, over the whole body. 0: any number. */
  readonly maxInflation: number;
  /** What one read of the socket may become when it is decompressed. 0: any size. */
  readonly maxInflatedReadBytes: number;
  /** How much is kept of an answer that is refused because of its status or its type. */
  readonly maxRefusedBytes: number;
  /** The longest body of a request that is kept as it was sent; of a longer one only the size. */
  readonly maxSentBytes: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

export const DEFAULT_LIMITS: LimitSpec = {
  maxEventBytes: 65 * MIB,
  longEvent: 'drop',
  maxHeadBytes: 256 * KIB,
  maxInflation: 200,
  maxInflatedReadBytes: 128 * MIB,
  maxRefusedBytes: MIB,
  maxSentBytes: MIB,
};

/** Smallest and largest value that a limit may have. */
export const LIMIT_RANGES: Readonly<
  Record<Exclude<keyof LimitSpec, 'longEvent'>, readonly [number, number]>
> = {
  // Above this a frame could not become one string in every runtime.
  maxEventBytes: [KIB, 256 * MIB],
  maxHeadBytes: [KIB, 64 * MIB],
  maxInflation: [0, 1_000_000],
  maxInflatedReadBytes: [0, 1024 * 1024 * MIB],
  maxRefusedBytes: [0, 1024 * MIB],
  // It becomes one line of the journal.
  maxSentBytes: [0, 64 * MIB],
};

/**
 * A body is not judged by `maxInflation` before it has become this long: a short one can cost nothing, and long runs of equal
 * bytes compress as well as a bomb does.
 */
export const INFLATION_GRACE_BYTES = 16 * MIB;

/** The failure of an attempt whose stream brought an event that is longer than the limit. */
export function longEventFailure(limits: LimitSpec): Failure {
  return {
    code: 'limit',
    message: `An event is longer than ${sizeText(limits.maxEventBytes)}, the most that is read as one, or one of its lines never ends. What came of it is kept. Look at what the server sends, or raise the limit under Limits.`,
  };
}

/** A size for people: "64 MiB", "1.5 KiB", "512 bytes". */
export function sizeText(bytes: number): string {
  if (bytes < KIB) return `${bytes} bytes`;
  const [unit, name] = bytes < MIB ? [KIB, 'KiB'] : bytes < KIB * MIB ? [MIB, 'MiB'] : [KIB * MIB, 'GiB'];
  return `${Math.round((bytes / unit) * 10) / 10} ${name}`;
}
