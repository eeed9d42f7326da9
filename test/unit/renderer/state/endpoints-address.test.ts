import { describe, expect, it } from 'vitest';
import {
  completeAddress,
  nameOfAddress,
  pastedAddress,
} from '../../../../src/renderer/state/endpoints-address.ts';

describe('addresses', () => {
  it.each([
    ['https://example.org/x', 'https://example.org/x'],
    ['  "https://example.org/x"\n', 'https://example.org/x'],
    ['<http://example.org>', 'http://example.org'],
    ['localhost:8080/events', 'http://localhost:8080/events'],
    ['127.0.0.1:1/x', 'http://127.0.0.1:1/x'],
    ['[::1]:9/x', 'http://[::1]:9/x'],
    ['devbox:3000', 'http://devbox:3000'],
    ['example.org/stream', 'https://example.org/stream'],
    ['{{samples}}/x', '{{samples}}/x'],
    ['', ''],
    ['  ', ''],
  ])('completes %j', (typed, url) => {
    expect(completeAddress(typed)).toBe(url);
  });

  it.each([
    ['https://example.org/v1/stream?token=abc#x', 'example.org/v1/stream'],
    ['http://localhost:8080/', 'localhost:8080'],
    ['{{samples}}/samples/heartbeat', '{{samples}}/samples/heartbeat'],
    ['', 'New endpoint'],
  ])('names %j', (url, name) => {
    expect(nameOfAddress(url)).toBe(name);
  });

  it.each([
    [' https://example.org/x \n', 'https://example.org/x'],
    ["'http://localhost:1/x'", 'http://localhost:1/x'],
    ['example.org', null],
    ['two https://example.org', null],
    ['https://a.example\nhttps://b.example', null],
    ['', null],
  ])('takes %j from the clipboard', (text, url) => {
    expect(pastedAddress(text)).toBe(url);
  });
});
