import { describe, expect, it } from 'vitest';
import { BLANK_REQUEST } from '../../../../src/shared/connection/blank-request.ts';
import {
  DEFAULT_LIMITS,
  LIMIT_RANGES,
  longEventFailure,
  sizeText,
} from '../../../../src/shared/connection/limits.ts';
import { EMPTY_TALLY, type MachineInput } from '../../../../src/shared/connection/machine-types.ts';
import { requestSpec } from '../../../../src/shared/ipc/parse-workspace.ts';
import { chunk, endsAndWaits, open } from '../../../support/playbook.ts';

const longEvent = (attempt: number): MachineInput => ({
  kind: 'long-event-received',
  attempt,
  tally: EMPTY_TALLY,
});

describe('an event that is longer than the limit', () => {
  it('ends the attempt, and the policy decides what follows', () => {
    const book = open().at(2, longEvent(1), ['abort', ...endsAndWaits(1, 'failed limit')], 'waiting');
    expect(book.state.failure).toEqual(longEventFailure(DEFAULT_LIMITS));
  });

  it('of a POST is final', () => {
    const book = open({ method: 'POST' });
    book.at(
      2,
      longEvent(1),
      ['abort', 'record attempt-end 1 failed limit', 'record connection-closed 1 failed'],
      'failed',
    );
    expect(book.state.reason).toContain('raise the limit');
  });

  it('changes nothing where long events are kept in pieces', () => {
    open({ limits: { ...DEFAULT_LIMITS, longEvent: 'keep' } })
      .at(2, longEvent(1), [], 'open')
      .at(3, chunk(1, { events: 1 }), [], 'open');
  });

  it('of an attempt that is over is ignored', () => {
    open().at(2, longEvent(2), [], 'open');
  });
});

describe('limits of a saved request', () => {
  it('have their defaults where an older version left them out', () => {
    const { limits: _limits, ...old } = BLANK_REQUEST;
    expect(requestSpec(old).limits).toEqual(DEFAULT_LIMITS);
    expect(requestSpec({ ...old, limits: { maxHeadBytes: 4096 } }).limits).toEqual({
      ...DEFAULT_LIMITS,
      maxHeadBytes: 4096,
    });
  });

  it.each(Object.entries(LIMIT_RANGES))('refuse a %s out of range', (name, [least, most]) => {
    const limited = (value: unknown) => () =>
      requestSpec({ ...BLANK_REQUEST, limits: { ...DEFAULT_LIMITS, [name]: value } });
    for (const value of [least - 1, most + 1, 1.5, '1', null]) expect(limited(value)).toThrow(name);
    for (const value of [least, most]) expect(limited(value)).not.toThrow();
  });

  it('refuse a way with long events that is not known', () => {
    const limits = { ...DEFAULT_LIMITS, longEvent: 'cut' };
    expect(() => requestSpec({ ...BLANK_REQUEST, limits })).toThrow('longEvent');
  });
});

it.each([
  [512, '512 bytes'],
  [1536, '1.5 KiB'],
  [DEFAULT_LIMITS.maxEventBytes, '65 MiB'],
  [3 * 2 ** 30, '3 GiB'],
])('says %d bytes as %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
