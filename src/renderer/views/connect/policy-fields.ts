/** The reconnect settings in words: what each is called, what it does, and what its values mean. Pure. */
import { delayText, parseDelay } from '../../../shared/connection/delay-text.ts';
import {
  presetSettings,
  statusesProblem,
  type ReconnectPreset,
  type ReconnectSettings,
} from '../../../shared/connection/reconnect-settings.ts';
import type { ReconnectPolicy } from '../../../shared/connection/types.ts';

export type SettingName = keyof ReconnectSettings;
export type SettingValue = ReconnectSettings[SettingName];

interface FieldWords {
  readonly name: SettingName;
  readonly label: string;
  readonly note: string;
}
export type PolicyField = FieldWords &
  (
    | { readonly kind: 'delay' | 'limit' | 'count' | 'statuses' | 'words' | 'switch' }
    | { readonly kind: 'choice'; readonly choices: readonly (readonly [value: string, label: string])[] }
  );

export interface FieldGroup {
  readonly title: string;
  readonly fields: readonly PolicyField[];
}

export const FIELD_GROUPS: readonly FieldGroup[] = [
  {
    title: 'When',
    fields: [
      {
        name: 'afterEnd',
        kind: 'choice',
        label: 'After the end',
        note: 'The server ended the stream cleanly. The standard connects again.',
        choices: [
          ['always', 'connect again'],
          ['until-terminator', 'unless the answer is complete'],
          ['never', 'do not'],
        ],
      },
      {
        name: 'afterFailure',
        kind: 'choice',
        label: 'After a failure',
        note: 'The network failed. Before an answer came, nothing is carried out twice.',
        choices: [
          ['always', 'connect again'],
          ['before-answer', 'only before an answer'],
          ['never', 'do not'],
        ],
      },
      {
        name: 'retryStatuses',
        kind: 'statuses',
        label: 'Statuses',
        note: 'Asked again. The standard asks no status again.',
      },
      {
        name: 'useRetryAfter',
        kind: 'switch',
        label: 'Retry-After',
        note: 'Of such an answer, in seconds or as a date: the next delay, once.',
      },
      {
        name: 'terminators',
        kind: 'words',
        label: 'Complete at',
        note: 'Data or types of events that complete an answer.',
      },
    ],
  },
  {
    title: 'Delay',
    fields: [
      {
        name: 'initialDelayMs',
        kind: 'delay',
        label: 'Usually',
        note: 'Until the server sends retry: with another.',
      },
      { name: 'floorMs', kind: 'delay', label: 'At least', note: 'Even if the server says retry: 0.' },
      {
        name: 'maxDelayMs',
        kind: 'delay',
        label: 'At most',
        note: 'It doubles after attempts without an event, up to this.',
      },
      {
        name: 'jitter',
        kind: 'choice',
        label: 'Chance',
        note: 'So that many clients do not come back at once.',
        choices: [
          ['none', 'none'],
          ['added', 'up to a quarter more'],
          ['full', 'full: anything up to it'],
        ],
      },
      {
        name: 'giveUpAttempts',
        kind: 'count',
        label: 'Give up after',
        note: 'Attempts in a row without an event. 0: never.',
      },
      {
        name: 'giveUpMs',
        kind: 'limit',
        label: 'Or after',
        note: 'Time without an event since it was lost.',
      },
    ],
  },
  {
    title: 'Limits of time',
    fields: [
      {
        name: 'connectTimeoutMs',
        kind: 'limit',
        label: 'To connect',
        note: 'Until the server is reached, TLS included.',
      },
      { name: 'headTimeoutMs', kind: 'limit', label: 'To answer', note: 'Until the response head came.' },
      {
        name: 'stallTimeoutMs',
        kind: 'limit',
        label: 'Silence',
        note: 'Not a single byte. A comment is life, so a keep-alive is enough.',
      },
      {
        name: 'totalTimeMs',
        kind: 'limit',
        label: 'In all',
        note: 'Then the connection ends, waits included.',
      },
    ],
  },
  {
    title: 'Sleep and network',
    fields: [
      {
        name: 'afterWake',
        kind: 'choice',
        label: 'On change',
        note: 'The machine woke up, or the network went or came back. A wait ends at once.',
        choices: [
          ['check', 'check the connection'],
          ['reconnect', 'connect anew'],
          ['nothing', 'nothing'],
        ],
      },
      {
        name: 'wakeGraceMs',
        kind: 'delay',
        label: 'Checked for',
        note: 'An open connection that brings nothing for this long has stalled.',
      },
    ],
  },
];

export interface PresetWords {
  readonly id: ReconnectPreset;
  readonly label: string;
  readonly note: string;
}

export function presetWords(method: string): readonly PresetWords[] {
  return [
    {
      id: 'auto',
      label: 'As usual for the method',
      note:
        method === 'GET'
          ? 'A GET connects again like a browser, and looks at once when the machine wakes up.'
          : `A ${method} is one question with one answer: asking again would cost again.`,
    },
    {
      id: 'browser',
      label: 'Browser',
      note: 'Exactly the WHATWG standard: after every end and every network error, until 204 or another status than 200.',
    },
    {
      id: 'resilient',
      label: 'Resilient',
      note: 'Also after 408, 425, 429 and 5xx. Heeds Retry-After, backs off with full jitter.',
    },
    { id: 'one-answer', label: 'One answer', note: 'A completion: when it is over, it is over.' },
  ];
}

/** A value as it stands in its field. */
export function valueText(field: PolicyField, value: SettingValue): string {
  if (field.kind === 'limit' && value === 0) return 'off';
  if (field.kind === 'limit' || field.kind === 'delay') return delayText(Number(value));
  return String(value);
}

export type Reading =
  { readonly ok: true; readonly value: SettingValue } | { readonly ok: false; readonly problem: string };

/** What was typed, as a value; "" is the preset's own. */
export function readValue(field: PolicyField, typed: string, preset: SettingValue): Reading {
  const text = typed.trim();
  switch (field.kind) {
    case 'statuses': {
      const problem = statusesProblem(text);
      return problem === null ? { ok: true, value: text } : { ok: false, problem };
    }
    case 'words':
      return { ok: true, value: text };
    case 'count':
      if (text === '') return { ok: true, value: preset };
      if (!/^\d{1,9}$/.test(text)) return { ok: false, problem: 'Write a whole number, or 0 for never.' };
      return { ok: true, value: Number(text) };
    case 'limit':
    case 'delay': {
      if (text === '') return { ok: true, value: preset };
      if (field.kind === 'limit' && /^(off|never)$/i.test(text)) return { ok: true, value: 0 };
      const ms = parseDelay(text);
      if (ms === null) return { ok: false, problem: 'Write a time, such as 30 s, 250 ms or 5 min.' };
      return { ok: true, value: ms };
    }
    default:
      return { ok: true, value: text };
  }
}

/** The policy with one setting changed; one that is as in the preset is not kept. */
export function withSetting(
  policy: ReconnectPolicy,
  method: string,
  name: SettingName,
  value: SettingValue,
): ReconnectPolicy {
  const { [name]: _before, ...rest } = policy;
  if (presetSettings(policy.preset, method)[name] === value) return rest;
  return { ...rest, [name]: value };
}
