import { describe, expect, it } from 'vitest';
import { isHiddenChar, symbolOf, visibleText } from '../../../../src/renderer/ui/visible-text.ts';

describe('captured text in the window', () => {
  it('is left alone when every character can be seen', () => {
    const text = 'Tor f\u00fcr Arsenal \u20ac \u8c46\u8150 \u05e9\u05dc\u05d5\u05dd';
    expect(visibleText(text)).toBe(text);
  });

  it('shows controls as escapes', () => {
    expect(visibleText('a\0b\tc\nd\re\u001b[31m\u0007\u007f\u0085')).toBe(
      'a\\0b\\tc\\nd\\re\\e[31m\\x07\\x7f\\x85',
    );
  });

  it('shows what reorders or hides text', () => {
    expect(visibleText('\u202Egnp.exe\u202C')).toBe('\\u202egnp.exe\\u202c');
    expect(visibleText('\ufeff\u200b\u2066\u00ad')).toBe('\\ufeff\\u200b\\u2066\\xad');
  });

  it('keeps joiners, which emoji are made with', () => {
    const family = '\ud83d\udc69\u200d\ud83d\udc67';
    expect(visibleText(family)).toBe(family);
    expect(isHiddenChar('\u200d')).toBe(false);
  });

  it('gives the same answer for the same character again', () => {
    expect([symbolOf('\u0001'), symbolOf('\u0001')]).toEqual(['\\x01', '\\x01']);
    expect([isHiddenChar('\u0001'), isHiddenChar('\u0001')]).toEqual([true, true]);
  });
});
