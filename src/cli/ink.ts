/** Colours of a terminal, by the codes that every one knows. */
import type { CheckState } from '../shared/checks/check.ts';
import { PLAIN_INK, type Ink } from '../shared/checks/report.ts';
import type { Terminal } from './command.ts';

export const COLOURS = { red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36, grey: 90 } as const;
export type Colour = keyof typeof COLOURS;

const STATES: Readonly<Record<CheckState, Colour>> = {
  passed: 'green',
  failed: 'red',
  pending: 'yellow',
  'not-applicable': 'grey',
};

export function coloured(colour: Colour, text: string): string {
  return `\u001b[${COLOURS[colour]}m${text}\u001b[0m`;
}

export function inkOf(terminal: Terminal | null): Ink {
  if (!terminal?.colour) return PLAIN_INK;
  return { state: (state, text) => coloured(STATES[state], text), quiet: (text) => coloured('grey', text) };
}

/** What came over the wire must not steer a terminal: control characters and those that turn the writing round become visible. */
export function tame(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (char) => {
    const code = char.codePointAt(0) ?? 0;
    return code < 0x20 ? String.fromCodePoint(0x2400 + code) : '\uFFFD';
  });
}
