/** Parsers of what the window asks of replays. */
import {
  MAX_SPEED,
  MIN_SPEED,
  REPLAY_ATTEMPTS,
  REPLAY_CUTS,
  type ReplayOptions,
} from '../replay/replay-options.ts';
import { REPLAY_CONTROLS, type ReplayControl } from '../replay/replay-status.ts';
import { fields, flag, identifier, integer, integerOrNull, number, oneOf, text } from './argument-fields.ts';

const MAX_SCRIPT_CHARS = 1024 * 1024;

export function replayRef(value: unknown): { readonly replayId: string } {
  return { replayId: identifier(fields(value), 'replayId') };
}

export function updateReplay(value: unknown): {
  readonly replayId: string;
  readonly options: ReplayOptions;
  readonly faults: string;
} {
  const from = fields(value);
  return {
    replayId: identifier(from, 'replayId'),
    options: replayOptions(from['options']),
    faults: text(from, 'faults', MAX_SCRIPT_CHARS),
  };
}

export function controlReplay(value: unknown): {
  readonly replayId: string;
  readonly client: number | null;
  readonly action: ReplayControl;
} {
  const from = fields(value);
  return {
    replayId: identifier(from, 'replayId'),
    client: integerOrNull(from, 'client'),
    action: oneOf(from, 'action', REPLAY_CONTROLS),
  };
}

function replayOptions(value: unknown): ReplayOptions {
  const from = fields(value, '"options"');
  const { speed } = from;
  return {
    port: integer(from, 'port', 0, 65_535),
    speed: speed === 'instant' || speed === 'step' ? speed : number(from, 'speed', MIN_SPEED, MAX_SPEED),
    cut: oneOf(from, 'cut', REPLAY_CUTS),
    attempts: oneOf(from, 'attempts', REPLAY_ATTEMPTS),
    loop: flag(from, 'loop'),
    cors: flag(from, 'cors'),
    maxGapMs: from['maxGapMs'] === null ? null : number(from, 'maxGapMs', 0, 86_400_000),
  };
}
