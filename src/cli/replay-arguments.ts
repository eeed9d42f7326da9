/** The arguments of `streamscope replay`, and what they ask for. */
import {
  DEFAULT_REPLAY,
  MAX_SPEED,
  MIN_SPEED,
  REPLAY_ATTEMPTS,
  REPLAY_CUTS,
  type ReplayOptions,
  type ReplaySpeed,
} from '../shared/replay/replay-options.ts';
import type { Framing } from '../shared/sse/framing.ts';
import { onlyPositional, readArguments } from './arguments.ts';
import { UsageError } from './command.ts';
import type { CommandDeclaration, OptionTable } from './declaration.ts';
import { readFraming, READ_AS_OPTION } from './read-as.ts';
import { SOURCE_OPERAND } from './read-commands.ts';

const REPLAY_OPTIONS = {
  port: { type: 'string', value: 'N', help: 'The port on 127.0.0.1; without it any that is free.' },
  speed: {
    type: 'string',
    value: 'S',
    help: 'A factor such as 2 or 0.5, instant, or step: each line on standard input sends the next write, "go" lets it run.',
  },
  cut: {
    type: 'string',
    value: 'CUT',
    values: REPLAY_CUTS,
    help: 'What one write is: reads as they were recorded, an event, a byte; mid-char cuts inside characters of several bytes; all is everything at once.',
  },
  attempts: {
    type: 'string',
    value: 'A',
    values: REPLAY_ATTEMPTS,
    help: 'whole: each request gets the whole recording, or what comes after its Last-Event-ID. each: the first request gets the first recorded attempt, the next one the second.',
  },
  loop: { type: 'boolean', help: 'Begin again at the end.' },
  'max-gap': { type: 'string', value: 'SECONDS', help: 'Longer silences are played this long.' },
  'no-cors': { type: 'boolean', help: 'Do not let pages of other origins read it.' },
  faults: {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    help: "A fault script; without it faults.yaml in the session's folder. none: no faults.",
  },
  once: { type: 'boolean', help: 'End when a client has had it to the end.' },
  gap: {
    type: 'string',
    value: 'MS',
    help: 'Between the frames of a file, which has no times (default 50).',
  },
  ...READ_AS_OPTION,
} as const satisfies OptionTable;

export const REPLAY: CommandDeclaration = {
  name: 'replay',
  summary: 'Serve a recorded stream again, with its timing and with faults.',
  operands: [SOURCE_OPERAND],
  options: REPLAY_OPTIONS,
  about: `Serves a recorded session, or a file, again at a local address: a .streamscope
file, a HAR, an export of Streamscope, or the bytes of a stream. It answers any
method, any path, to many clients at once. Prints where, and what each
request got, one JSON value a line. docs/replay.md says more, docs/faults.md
describes the fault scripts. Ctrl+C ends it.`,
  examples: [
    { command: 'streamscope replay ./capture --speed 2', does: 'twice as fast' },
    {
      command: 'streamscope replay answer.sse --cut mid-char --once',
      does: 'a file, once, cut inside characters',
    },
    { command: 'streamscope replay ./capture --faults gateway.yaml', does: 'broken on purpose' },
  ],
};

export interface ReplaySpec {
  readonly path: string;
  readonly options: ReplayOptions;
  /** null: the one in the session's folder, if there is one; "none": none. */
  readonly faults: string | null;
  readonly once: boolean;
  readonly gapMs: number;
  readonly readAs: Framing | null;
}

const DEFAULT_GAP_MS = 50;

/** @throws UsageError */
export function readReplayArguments(args: readonly string[]): ReplaySpec {
  const { values, positionals } = readArguments(args, REPLAY_OPTIONS);
  if (values.loop && values.once) throw new UsageError('--loop and --once contradict each other.');
  const path = onlyPositional(positionals, 'FILE, DIR or -');
  const speed = readSpeed(values.speed);
  if (speed === 'step' && path === '-')
    throw new UsageError('--speed step reads standard input, so the stream cannot come from there.');
  const maxGap = readBetween(values['max-gap'], '--max-gap', 0, 86_400);
  return {
    path,
    faults: values.faults ?? null,
    once: values.once ?? false,
    gapMs: readBetween(values.gap, '--gap', 0, 3_600_000) ?? DEFAULT_GAP_MS,
    readAs: readFraming(values['read-as']),
    options: {
      port: readBetween(values.port, '--port', 0, 65_535) ?? DEFAULT_REPLAY.port,
      speed,
      cut: oneOf(values.cut, '--cut', REPLAY_CUTS) ?? DEFAULT_REPLAY.cut,
      attempts: oneOf(values.attempts, '--attempts', REPLAY_ATTEMPTS) ?? DEFAULT_REPLAY.attempts,
      loop: values.loop ?? false,
      cors: !values['no-cors'],
      maxGapMs: maxGap === null ? null : maxGap * 1000,
    },
  };
}

function readSpeed(value: string | undefined): ReplaySpeed {
  if (value === undefined) return DEFAULT_REPLAY.speed;
  if (value === 'instant' || value === 'step') return value;
  const factor = Number(value.replace(/x$/i, ''));
  if (value.trim() === '' || !(factor >= MIN_SPEED && factor <= MAX_SPEED))
    throw new UsageError(
      `--speed wants a factor from ${MIN_SPEED} to ${MAX_SPEED}, instant or step, and not "${value}".`,
    );
  return factor;
}

function readBetween(value: string | undefined, option: string, min: number, max: number): number | null {
  if (value === undefined) return null;
  const number = Number(value);
  const isWhole = option !== '--port' || Number.isInteger(number);
  if (value.trim() === '' || !(number >= min && number <= max) || !isWhole)
    throw new UsageError(`${option} wants a number from ${min} to ${max}, and not "${value}".`);
  return number;
}

function oneOf<T extends string>(
  value: string | undefined,
  option: string,
  known: readonly T[],
): T | undefined {
  if (value === undefined) return undefined;
  const found = known.find((one) => one === value);
  if (!found) throw new UsageError(`${option} knows ${known.join(', ')}, and not "${value}".`);
  return found;
}
