import { describe, expect, it } from 'vitest';
import { capsOf, isMac, keysText, pressed, type KeyPress } from '../../../../src/renderer/state/shortcuts.ts';

const press = (key: string, code: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe('keys', () => {
  it('knows Mod as Control here and as Command on a Mac', () => {
    const control = press('k', 'KeyK', { ctrlKey: true });
    const command = press('k', 'KeyK', { metaKey: true });
    expect(pressed(control, 'Mod+K', false)).toBe(true);
    expect(pressed(control, 'Mod+K', true)).toBe(false);
    expect(pressed(command, 'Mod+K', true)).toBe(true);
    expect(pressed(command, 'Mod+K', false)).toBe(false);
  });

  it('wants exactly the modifiers that are named', () => {
    expect(pressed(press('k', 'KeyK'), 'Mod+K', false)).toBe(false);
    expect(pressed(press('K', 'KeyK', { ctrlKey: true, shiftKey: true }), 'Mod+K', false)).toBe(false);
    expect(pressed(press('k', 'KeyK', { ctrlKey: true, altKey: true }), 'Mod+K', false)).toBe(false);
  });

  it('finds keys by their place when the layout or Shift gives them another letter', () => {
    expect(pressed(press('?', 'Slash', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+/', false)).toBe(true);
    expect(pressed(press('&', 'Digit1', { ctrlKey: true }), 'Mod+1', false)).toBe(true);
    expect(pressed(press('л', 'KeyK', { ctrlKey: true }), 'Mod+K', false)).toBe(true);
    expect(pressed(press('/', 'Digit7', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+/', false)).toBe(true);
  });

  it('prints them as the keyboard has them', () => {
    expect(keysText('Mod+Shift+/', false)).toBe('Ctrl+Shift+/');
    expect(keysText('Mod+Enter', true)).toBe('⌘⏎');
    expect(capsOf('Alt+ArrowUp', false)).toEqual(['Alt', '↑']);
  });

  it('recognises a Mac by either of its names', () => {
    expect(['MacIntel', 'darwin', 'Linux x86_64', 'Win32'].map(isMac)).toEqual([true, true, false, false]);
  });
});
