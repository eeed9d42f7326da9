import { describe, expect, it } from 'vitest';
import { createStateHistory, patched, stateAfter } from '../../../../src/shared/protocol/state-history.ts';
import type { ProtocolInput } from '../../../../src/shared/protocol/protocol.ts';

const input = (seq: number): ProtocolInput => ({
  what: 'event',
  type: 'message',
  data: '',
  id: null,
  json: () => undefined,
  seq,
  atMs: seq * 10,
  attempt: 1,
});

describe('a patch', () => {
  it('is applied as a whole or not at all, and leaves the value before as it was', () => {
    const before = { list: [1, { deep: true }], other: { kept: 1 } };
    const copy = structuredClone(before);
    const { value, failure } = patched(before, [
      { op: 'replace', path: '/list/1/deep', value: false },
      { op: 'move', from: '/list/1', path: '/moved' },
      { op: 'replace', path: '/moved/deep', value: 'changed' },
    ]);
    expect(failure).toBeNull();
    expect(value).toEqual({ list: [1], other: { kept: 1 }, moved: { deep: 'changed' } });
    expect(before).toEqual(copy);
    const failed = patched(before, [
      { op: 'add', path: '/x', value: 1 },
      { op: 'remove', path: '/none' },
    ]);
    expect(failed).toEqual({
      value: copy,
      failure: 'Operation 2 (remove /none): there is nothing at this path.',
    });
    expect(failed.value).toBe(before);
  });

  it('shares what it does not change', () => {
    const before = { big: { a: 1 }, n: 1 };
    const { value } = patched(before, [{ op: 'replace', path: '/n', value: 2 }]);
    expect((value as typeof before).big).toBe(before.big);
  });

  it('does not change the values of the patch itself when a later operation changes them', () => {
    const patch = [
      { op: 'add', path: '/a', value: { n: 1 } },
      { op: 'replace', path: '/a/n', value: 2 },
    ];
    expect(patched({}, patch).value).toEqual({ a: { n: 2 } });
    expect(patch[0]?.value).toEqual({ n: 1 });
  });

  it.each([
    [null],
    [{}],
    [[null]],
    [[{ op: 'add', path: 'x', value: 1 }]],
    [[{ op: 'add', path: '/x' }]],
    [[{ op: 'move', path: '/x', from: 3 }]],
    [[{ op: 'add', path: '/__proto__/polluted', value: 1 }]],
    [[{ op: 'replace', path: '/constructor/prototype/polluted', value: 1 }]],
    [[{ op: 'toString', path: '/n' }]],
  ])('that is malformed fails or does no harm: %j', (patch) => {
    const before = { n: 1 };
    expect(() => patched(before, patch)).not.toThrow();
    expect(before).toEqual({ n: 1 });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('the history of a state', () => {
  it('gives the value after every change', () => {
    const history = createStateHistory();
    history.snapshot({ n: 0 }, input(0), 'initial');
    for (let n = 1; n < 6; n += 1) history.patch([{ op: 'replace', path: '/n', value: n }], input(n));
    expect(history.patch([{ op: 'remove', path: '/none' }], input(6))).toContain('nothing at this path');
    history.snapshot({ fresh: true }, input(7));
    history.patch([{ op: 'add', path: '/more', value: 1 }], input(8));
    const values = history.changes.map((_, at) => stateAfter(history, at));
    expect(values.slice(0, 7).map((value) => (value as { n: number }).n)).toEqual([0, 1, 2, 3, 4, 5, 5]);
    expect(values.slice(7)).toEqual([{ fresh: true }, { fresh: true, more: 1 }]);
    expect(history.current).toEqual(values.at(-1));
    expect(history.changes.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('begins with an empty object when the first change is a patch', () => {
    const history = createStateHistory();
    history.patch([{ op: 'add', path: '/a', value: 1 }], input(0));
    expect(stateAfter(history, 0)).toEqual({ a: 1 });
  });
});
