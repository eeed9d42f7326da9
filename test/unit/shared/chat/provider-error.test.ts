import { describe, expect, it } from 'vitest';
import { errorSentence, isBareError, providerErrorOf } from '../../../../src/shared/chat/provider-error.ts';

const event = (data: string, type = 'message') => {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    json = undefined;
  }
  return { type, data, json, seq: 0, atMs: 0, attempt: 0 };
};

describe('errors inside a stream', () => {
  it.each([
    ['{"error":{"message":"x"}}', { message: 'x' }],
    ['{"error":"x"}', 'x'],
    ['{"type":"error","code":1}', { type: 'error', code: 1 }],
    ['{"object":"error","message":"x"}', { object: 'error', message: 'x' }],
  ])('are found in %s', (data, error) => {
    expect(providerErrorOf(event(data))).toEqual(error);
    expect(isBareError(event(data))).toBe(true);
  });

  it.each(['{"error":null}', '{"error":""}', '{"error":false}', '{"a":1}', 'error', '[]'])(
    'are not found in %s',
    (data) => {
      expect(providerErrorOf(event(data))).toBeUndefined();
    },
  );

  it('are whatever an event named error says', () => {
    expect(providerErrorOf(event('went wrong', 'error'))).toBe('went wrong');
    expect(providerErrorOf(event('{"status":500}', 'error'))).toEqual({ status: 500 });
  });

  it('are not bare beside choices', () => {
    expect(isBareError(event('{"error":{},"choices":[]}'))).toBe(false);
  });

  it('have a sentence for people', () => {
    expect(errorSentence('plain')).toBe('plain');
    expect(errorSentence({ message: 'said' })).toBe('said');
    expect(errorSentence({ type: 'error', error: { message: 'inner' } })).toBe('inner');
    expect(errorSentence({ code: 7 })).toBe('{"code":7}');
    expect(errorSentence(undefined)).toBe('undefined');
  });
});
