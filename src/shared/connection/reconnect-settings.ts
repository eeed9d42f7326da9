/**
 * Every decision of the reconnect policy that a user can make, and the presets that make them all at once. An endpoint names a
 * preset and keeps only what differs from it. docs/connections.md explains each setting and its defaults.
 */
import type { ReconnectPolicy } from './types.ts';

export interface ReconnectSettings {
  /** After a clean end of the stream. `until-terminator`: again, unless an event of `terminators` came. */
  readonly afterEnd: 'always' | 'until-terminator' | 'never';
  /** After a network error. `before-answer`: only while no response had come, so that nothing is carried out twice. */
  readonly afterFailure: 'always' | 'before-answer' | 'never';
  /** Statuses that are asked again, such as "408, 425, 429, 5xx"; "": none, as the standard has it. */
  readonly retryStatuses: string;
  /** Retry-After of such an answer is the next delay, once. */
  readonly useRetryAfter: boolean;
  /** Data or types of events that end an answer, separated by blanks. Only with an `afterEnd` other than `always`. */
  readonly terminators: string;
  /** Reconnection time until the server sends `retry`. WHATWG leaves it to the client; browsers use 3 to 5 s. */
  readonly initialDelayMs: number;
  /** No attempt follows another faster than this, whatever `retry` says. */
  readonly floorMs: number;
  /** Cap of the exponential backoff after attempts without an event. */
  readonly maxDelayMs: number;
  /** `added`: up to a quarter on top of a delay that backs off. `full`: anything from the least delay to the backed-off one. */
  readonly jitter: 'none' | 'added' | 'full';
  /** Gives up after this many attempts to reconnect without an event in between; 0: never. */
  readonly giveUpAttempts: number;
  /** Gives up when there was no event for this long since the connection was lost; 0: never. */
  readonly giveUpMs: number;
  /** From the start of an attempt, or from a redirect, until the server is reached; 0: no limit. */
  readonly connectTimeoutMs: number;
  /** From the start of an attempt until the response head is there; 0: no limit. */
  readonly headTimeoutMs: number;
  /** Without a single byte of body, comments included; 0: no limit. */
  readonly stallTimeoutMs: number;
  /** Of the whole connection, waits included; 0: no limit. */
  readonly totalTimeMs: number;
  /** What becomes of connections when the machine wakes up or the network changes. */
  readonly afterWake: 'check' | 'reconnect' | 'nothing';
  /** With `check`: an open connection that brings nothing for this long after that has stalled. */
  readonly wakeGraceMs: number;
}

export type ReconnectPreset = 'auto' | 'browser' | 'resilient' | 'one-answer';

const BROWSER: ReconnectSettings = {
  afterEnd: 'always',
  afterFailure: 'always',
  retryStatuses: '',
  useRetryAfter: false,
  terminators:
    '[DONE] message_stop response.completed response.incomplete response.failed message-end complete done',
  initialDelayMs: 3000,
  floorMs: 250,
  maxDelayMs: 60_000,
  jitter: 'added',
  giveUpAttempts: 0,
  giveUpMs: 0,
  connectTimeoutMs: 30_000,
  headTimeoutMs: 0,
  stallTimeoutMs: 0,
  totalTimeMs: 0,
  afterWake: 'nothing',
  wakeGraceMs: 10_000,
};

const RESILIENT: ReconnectSettings = {
  ...BROWSER,
  retryStatuses: '408, 425, 429, 5xx',
  useRetryAfter: true,
  initialDelayMs: 1000,
  jitter: 'full',
  afterWake: 'check',
};

const ONE_ANSWER: ReconnectSettings = {
  ...BROWSER,
  afterEnd: 'never',
  afterFailure: 'never',
  useRetryAfter: true,
  afterWake: 'check',
};

/** The presets that settle everything; `auto` chooses among them. */
export const RECONNECT_PRESETS: Readonly<Record<Exclude<ReconnectPreset, 'auto'>, ReconnectSettings>> = {
  browser: BROWSER,
  resilient: RESILIENT,
  'one-answer': ONE_ANSWER,
};

/** What `auto` does for a GET: the browser's rules, and a look at the connection when the machine wakes up. */
const AUTO_GET: ReconnectSettings = { ...BROWSER, afterWake: 'check' };

/** The settings of the preset, before anything is changed. The answer to anything but a GET is one answer. */
export function presetSettings(preset: ReconnectPreset, method: string): ReconnectSettings {
  if (preset !== 'auto') return RECONNECT_PRESETS[preset];
  return method.trim().toUpperCase() === 'GET' || method.trim() === '' ? AUTO_GET : ONE_ANSWER;
}

/** The settings in force for a request of this method. */
export function settingsOf(policy: ReconnectPolicy, method: string): ReconnectSettings {
  return { ...presetSettings(policy.preset, method), ...policy };
}

/** Names of the settings that differ from the preset. */
export function changedSettings(policy: ReconnectPolicy, method: string): (keyof ReconnectSettings)[] {
  const preset = presetSettings(policy.preset, method);
  return SETTING_NAMES.filter((name) => policy[name] !== undefined && policy[name] !== preset[name]);
}

/** In the order in which they are shown. */
export const SETTING_NAMES = Object.keys(BROWSER) as readonly (keyof ReconnectSettings)[];

/** The values of settings that are words; the other settings are numbers, texts and switches. */
export const SETTING_CHOICES = {
  afterEnd: ['always', 'until-terminator', 'never'],
  afterFailure: ['always', 'before-answer', 'never'],
  jitter: ['none', 'added', 'full'],
  afterWake: ['check', 'reconnect', 'nothing'],
} as const satisfies { readonly [N in keyof ReconnectSettings]?: readonly ReconnectSettings[N][] };

/** A number from 100 to 599, or a class of them such as "5xx". */
const STATUS = /^(?:[1-5]\d\d|[1-5]xx)$/i;

/** What is wrong with a list of statuses, as a sentence, or null. */
export function statusesProblem(list: string): string | null {
  const odd = words(list).find((word) => !STATUS.test(word));
  return odd === undefined ? null : `"${odd}" is not a status. Write numbers and classes, such as 429, 5xx.`;
}

export function includesStatus(list: string, status: number): boolean {
  const wanted = String(status);
  return words(list).some((word) => word === wanted || word.toLowerCase() === `${wanted[0]}xx`);
}

/** The terminators as a set, to be looked up with each event. */
export function terminatorSet(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ''));
}

function words(list: string): string[] {
  return list.split(/[\s,;]+/).filter((word) => word !== '');
}
