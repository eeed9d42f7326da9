import { expect, it } from 'vitest';
import { createAlertGate } from '../../../../src/shared/alerts/alert-gate.ts';

const match = (message: string) => ({ rule: 'match', attempt: 1, message }) as const;

it('tells the first at once, and what comes in the pause as one with its count', () => {
  const gate = createAlertGate(10_000);
  gate.raise(match('a'));
  expect(gate.due(0)).toEqual([{ ...match('a'), count: 1 }]);
  for (let n = 0; n < 42; n += 1) gate.raise(match(`b${n}`));
  expect(gate.due(9_999)).toEqual([]);
  expect(gate.due(10_000)).toEqual([{ ...match('b0'), count: 42 }]);
  expect(gate.due(30_000)).toEqual([]);
});

it('tells many at the same moment as one', () => {
  const gate = createAlertGate();
  gate.raise(match('a'));
  gate.raise(match('b'));
  expect(gate.due(0)).toEqual([{ ...match('a'), count: 2 }]);
});

it('keeps the rules apart', () => {
  const gate = createAlertGate();
  gate.raise(match('a'));
  gate.due(0);
  gate.raise(match('b'));
  gate.raise({ rule: 'end', attempt: 1, message: 'over' });
  expect(gate.due(1).map(({ rule }) => rule)).toEqual(['end']);
});

it('hands over what was never told, at the end, once', () => {
  const gate = createAlertGate();
  gate.raise(match('a'));
  gate.due(0);
  gate.raise(match('b'));
  gate.raise(match('c'));
  expect(gate.rest()).toEqual([{ ...match('b'), count: 2 }]);
  expect(gate.rest()).toEqual([]);
  expect(gate.due(60_000)).toEqual([]);
});
