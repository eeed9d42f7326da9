/**
 * Keys as text ("Mod+Shift+/"), for commands, for tooltips and for the list of keys. "Mod" is Command on a Mac and Control
 * elsewhere. Pure.
 */

/** The part of a KeyboardEvent that counts. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Whether a key press is these keys. Digits, letters and "/" also count by their place, so that other layouts work. */
export function pressed(event: KeyPress, keys: string, mac: boolean): boolean {
  const parts = keys.split('+');
  const wanted = parts.at(-1) ?? '';
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (mod !== parts.includes('Mod') || other) return false;
  if (event.altKey !== parts.includes('Alt') || event.shiftKey !== parts.includes('Shift')) return false;
  return event.key.toLowerCase() === wanted.toLowerCase() || event.code === codeOf(wanted);
}

function codeOf(key: string): string {
  if (/^\d$/.test(key)) return `Digit${key}`;
  if (/^[a-z]$/i.test(key)) return `Key${key.toUpperCase()}`;
  return key === '/' ? 'Slash' : key;
}

const MAC_SIGNS: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Enter: '⏎',
  Backspace: '⌫',
};
const WORDS: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
};

/** The single caps of "Mod+Enter", as they are printed on the keyboard. */
export function capsOf(keys: string, mac: boolean): readonly string[] {
  return keys.split('+').map((key) => (mac ? MAC_SIGNS[key] : undefined) ?? WORDS[key] ?? key);
}

/** "Ctrl+Enter" or "⌘⏎". */
export function keysText(keys: string, mac: boolean): string {
  return capsOf(keys, mac).join(mac ? '' : '+');
}

export function isMac(platform: string): boolean {
  return /^(mac|darwin)/i.test(platform);
}
