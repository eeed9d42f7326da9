import { describe, expect, it } from 'vitest';
import { createRedactor, totalFound } from '../../../../src/shared/redaction/redactor.ts';
import { NO_RULES, type RedactionRules } from '../../../../src/shared/redaction/user-rules.ts';
import { createPortableByteText } from '../../../../src/shared/sse/byte-text.ts';
import { attemptStart, responseHead } from '../../../support/attempt-entries.ts';
import { KEYS } from '../../../support/planted-secrets.ts';

const redactor = (rules: RedactionRules = NO_RULES) => createRedactor(rules, createPortableByteText());

describe('keys that are known by their format', () => {
  it.each(Object.entries(KEYS))('%s is taken out of text, JSON and addresses', (_name, key) => {
    const one = redactor();
    for (const text of [key, `{"a":"${key}"}`, `x:\\n${key}`, `?q=${key}&b=1`, `%3D${key}`, `(${key})`])
      expect(one.text(text)).not.toContain(key);
    expect(one.text(`a ${key} b`)).toBe('a [redacted] b');
    expect(one.found.texts).toBe(7);
  });

  it.each([
    'Bearer authentication is required for every request',
    'Basic understanding of the matter',
    'a task-management-system-for-everyone',
    'sk-SK',
    'eyJ is how a token begins',
    'AKIA and ASIA',
    '-----BEGIN PUBLIC KEY-----',
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  ])('leaves %j alone', (text) => {
    expect(redactor().text(text)).toBe(text);
  });

  it('keeps the scheme of credentials', () => {
    expect(redactor().text('Authorization: Bearer abc123def456ghi')).toBe('Authorization: Bearer [redacted]');
  });
});

describe('what stands under a name', () => {
  it('is taken out of headers, addresses and bodies, and counted where it stood', () => {
    const one = redactor();
    const entry = one.entry({
      ...attemptStart(1),
      url: 'https://user:pass@example.org/a?api_key=12345&page=2',
      headers: [
        ['Authorization', 'Bearer x'],
        ['Cookie', 'sid=1; theme=dark'],
        ['X-Api-Key', 'k'],
        ['x-goog-api-key', 'g'],
        ['accept', '*/*'],
      ],
      body: '{"api_key":"k","model":"m"}',
    });
    expect(entry).toMatchObject({
      url: 'https://[redacted]:[redacted]@example.org/a?api_key=[redacted]&page=2',
      headers: [
        ['Authorization', 'Bearer [redacted]'],
        ['Cookie', 'sid=[redacted]; theme=[redacted]'],
        ['X-Api-Key', '[redacted]'],
        ['x-goog-api-key', '[redacted]'],
        ['accept', '*/*'],
      ],
      body: '{"api_key":"[redacted]","model":"m"}',
    });
    expect(one.found).toEqual({ headers: 5, addresses: 3, bodies: 1, events: 0, texts: 0 });
    expect(totalFound(one.found)).toBe(9);
  });

  it('stays as it was hidden when it was recorded', () => {
    const head = responseHead(1);
    const entry = {
      ...attemptStart(1),
      url: 'http://x/?token=(hidden-4)',
      headers: [['authorization', '(hidden: 7 characters)'] as const],
    };
    const one = redactor();
    expect(one.entry(entry)).toEqual(entry);
    expect(one.entry(head)).toEqual(head);
    expect(totalFound(one.found)).toBe(0);
  });
});

describe('what the user adds', () => {
  it('is taken out by name, in the stream too', () => {
    const one = redactor({ names: ['Session-Ticket', ' '], texts: [] });
    expect(one.data('{"session-ticket":"abc","token":"word"}')).toBe(
      '{"session-ticket":"[redacted]","token":"word"}',
    );
    expect(one.data('see ?session-ticket=abc&x=1')).toBe('see ?session-ticket=[redacted]&x=1');
  });

  it('is taken out by text, with any run for a star', () => {
    const one = redactor({ names: [], texts: ['acme-*', 'Grüße/"x"', 'abc'] });
    expect(one.text('key acme-12.3/4 and')).toBe('key [redacted] and');
    expect(one.text(JSON.stringify({ a: 'Grüße/"x"' }))).toBe('{"a":"[redacted]"}');
    expect(one.text(`?q=${encodeURIComponent('Grüße/"x"')}`)).toBe('?q=[redacted]');
    // Three letters stand in too many places.
    expect(one.text('abcdef')).toBe('abcdef');
  });

  it('is a text and no expression', () => {
    expect(redactor({ names: [], texts: ['a.c(d'] }).text('a.c(d abc(d')).toBe('[redacted] abc(d');
  });
});

describe('bytes', () => {
  it('stay the same array without a secret, valid or not', () => {
    const bytes = new Uint8Array([0xff, 0x41, 0xc3, 0xa4]);
    expect(redactor().bytes(bytes)).toBe(bytes);
  });

  it('keep everything around a secret, invalid UTF-8 included', () => {
    const around = (key: string) =>
      Buffer.concat([Buffer.from([0xff, 0xc3, 0x28]), Buffer.from(key), Buffer.from([0x80])]);
    expect(Buffer.from(redactor().bytes(around(KEYS.github)))).toEqual(around('[redacted]'));
    const text = new TextEncoder().encode(`ä ${KEYS.google} ö`);
    expect(new TextDecoder().decode(redactor().bytes(text))).toBe('ä [redacted] ö');
  });
});
