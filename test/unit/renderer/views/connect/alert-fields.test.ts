import { expect, it } from 'vitest';
import {
  queryProblem,
  readStall,
  stallText,
} from '../../../../../src/renderer/views/connect/alert-fields.ts';
import { MAX_STALL_MS } from '../../../../../src/shared/connection/alert-spec.ts';

it('reads back the time that it shows', () => {
  for (const ms of [0, 250, 30_000, 90_000, MAX_STALL_MS]) expect(readStall(stallText(ms))).toBe(ms);
});

it('takes a bare number for seconds, nothing for off, at most a day, and no words', () => {
  expect(readStall('30')).toBe(30_000);
  expect(readStall(' Off ')).toBe(0);
  expect(readStall('100 h')).toBe(MAX_STALL_MS);
  expect(readStall('soon')).toBeNull();
  expect(readStall('-5 s')).toBeNull();
});

it('says what is wrong with a query', () => {
  expect(queryProblem('')).toBe('');
  expect(queryProblem('type:error')).toBe('');
  expect(queryProblem('(type:error')).not.toBe('');
});
