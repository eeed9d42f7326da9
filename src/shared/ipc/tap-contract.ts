/** The part of the contract that is about taps. */
import type { HeldEvent, TapExchange, TapStatus } from '../tap/tap-state.ts';
import { command, feed } from './contract-shape.ts';
import { nothing } from './parse-arguments.ts';
import { decideHeld, tapRef, tapSpec } from './parse-taps.ts';

export const tapCommands = {
  'tap:list': command(nothing).returns<readonly TapStatus[]>(),
  /** Adds a tap or changes one; refuses what cannot work. */
  'tap:save': command(tapSpec).returns<void>(),
  'tap:remove': command(tapRef).returns<void>(),
  'tap:start': command(tapRef).returns<void>(),
  'tap:stop': command(tapRef).returns<void>(),
  /** Requests that passed lately, newest first. */
  'tap:exchanges': command(tapRef).returns<readonly TapExchange[]>(),
  /** Events that wait for somebody. */
  'tap:held': command(tapRef).returns<readonly HeldEvent[]>(),
  'tap:decide': command(decideHeld).returns<void>(),
} as const;

export const tapFeeds = {
  /** Something about the taps or what passes through them changed; told a few times a second at most. */
  'tap:changed': feed<readonly TapStatus[]>(),
} as const;
