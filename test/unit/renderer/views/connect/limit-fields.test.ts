import { describe, expect, it } from 'vitest';
import {
  ANSWER_FIELDS,
  EVENT_FIELD,
  hasOwnLimits,
  INFLATION_FIELDS,
  limitRange,
  limitText,
  SENT_FIELD,
  withLimit,
} from '../../../../../src/renderer/views/connect/limit-fields.ts';
import { DEFAULT_LIMITS, LIMIT_RANGES } from '../../../../../src/shared/connection/limits.ts';

const FIELDS = [EVENT_FIELD, ...INFLATION_FIELDS, ...ANSWER_FIELDS, SENT_FIELD];

describe('the fields of the limits', () => {
  it('are all there are, each once', () => {
    expect(FIELDS.map((field) => field.id).sort()).toEqual(Object.keys(LIMIT_RANGES).sort());
  });

  it.each(FIELDS)('$id shows its default as a round number and takes it back as it was', (field) => {
    const shown = limitText(field, DEFAULT_LIMITS);
    expect(Number.isInteger(Number(shown))).toBe(true);
    expect(withLimit(field, shown, DEFAULT_LIMITS)).toEqual(DEFAULT_LIMITS);
  });

  it.each(FIELDS)('$id moves what is too small or too large into its range', (field) => {
    const [least, most] = limitRange(field);
    expect(withLimit(field, '-1', DEFAULT_LIMITS)?.[field.id]).toBe(LIMIT_RANGES[field.id][0]);
    expect(withLimit(field, '1e300', DEFAULT_LIMITS)?.[field.id]).toBe(LIMIT_RANGES[field.id][1]);
    expect(least).toBeLessThan(most);
  });

  it('go back to the default when they are emptied, and stay as they are for what is no number', () => {
    const own = { ...DEFAULT_LIMITS, maxHeadBytes: 4096 };
    const head = ANSWER_FIELDS[0] ?? EVENT_FIELD;
    expect(withLimit(head, ' ', own)).toEqual(DEFAULT_LIMITS);
    expect(withLimit(head, 'many', own)).toBeNull();
  });
});

it('knows limits that are not the defaults', () => {
  expect(hasOwnLimits({ ...DEFAULT_LIMITS })).toBe(false);
  expect(hasOwnLimits({ ...DEFAULT_LIMITS, longEvent: 'keep' })).toBe(true);
  expect(hasOwnLimits({ ...DEFAULT_LIMITS, maxInflation: 0 })).toBe(true);
});
