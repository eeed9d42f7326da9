/** Parser of the reconnect policy of a request, as typed, saved, or saved by an older version. */
import { SETTING_CHOICES, SETTING_NAMES, statusesProblem } from '../connection/reconnect-settings.ts';
import type { ReconnectPolicy, SteerAction } from '../connection/types.ts';
import { bad, fields, flag, identifier, integer, oneOf, text, type Fields } from './argument-fields.ts';

const PRESETS = ['auto', 'browser', 'resilient', 'one-answer'] as const;
const LONGEST_MS = 2 ** 31 - 1;
const MAX_LIST_CHARS = 4096;
const MAX_ID_CHARS = 1_048_576;

/** What older versions saved: a mode, and three numbers that were always there. */
const OLD_MODES = { auto: 'auto', always: 'browser', never: 'one-answer' } as const;
const OLD_NUMBERS: Fields = { initialDelayMs: 3000, floorMs: 250, maxDelayMs: 60_000 };

export function reconnectPolicy(value: unknown): ReconnectPolicy {
  const from = modernised(fields(value, '"reconnect"'));
  const changed = SETTING_NAMES.filter((name) => from[name] !== undefined);
  return {
    preset: oneOf(from, 'preset', PRESETS),
    ...Object.fromEntries(changed.map((name) => [name, setting(from, name)])),
  };
}

function modernised(from: Fields): Fields {
  if (from['mode'] === undefined || from['preset'] !== undefined) return { preset: 'auto', ...from };
  const { mode: _mode, ...numbers } = from;
  const changed = Object.entries(numbers).filter(([name, value]) => OLD_NUMBERS[name] !== value);
  const mode = oneOf(from, 'mode', ['auto', 'always', 'never']);
  return { preset: OLD_MODES[mode], ...Object.fromEntries(changed) };
}

function setting(from: Fields, name: (typeof SETTING_NAMES)[number]): unknown {
  switch (name) {
    case 'afterEnd':
    case 'afterFailure':
    case 'jitter':
    case 'afterWake':
      return oneOf<string>(from, name, SETTING_CHOICES[name]);
    case 'useRetryAfter':
      return flag(from, name);
    case 'retryStatuses': {
      const list = text(from, name, MAX_LIST_CHARS);
      const problem = statusesProblem(list);
      return problem === null ? list : bad(problem);
    }
    case 'terminators':
      return text(from, name, MAX_LIST_CHARS);
    default:
      return integer(from, name, 0, LONGEST_MS);
  }
}

export function steerConnection(value: unknown): {
  readonly sessionId: string;
  readonly action: SteerAction;
} {
  const from = fields(value);
  return { sessionId: identifier(from, 'sessionId'), action: steerAction(from['action']) };
}

function steerAction(value: unknown): SteerAction {
  const from = fields(value, '"action"');
  const kind = oneOf(from, 'kind', ['drop', 'pause', 'resume', 'set-last-event-id']);
  if (kind !== 'set-last-event-id') return { kind };
  const lastEventId = from['lastEventId'] === null ? null : text(from, 'lastEventId', MAX_ID_CHARS);
  return { kind, lastEventId };
}
