import { describe, expect, it } from 'vitest';
import { annotate, describeSession, sessionRefs } from '../../../../src/shared/ipc/parse-library.ts';

describe('arguments about the library', () => {
  it('change only what is given, with tidy tags', () => {
    expect(describeSession({ sessionId: 's', labels: { tags: [' a ', 'A', 'b'] }, name: 'no' })).toEqual({
      sessionId: 's',
      labels: { tags: ['a', 'b'] },
    });
    expect(() => describeSession({ sessionId: 's', labels: { name: 'x' } })).toThrow('changes nothing');
    expect(() => describeSession({ sessionId: 's', labels: { tags: [1] } })).toThrow('"tag" must be a text');
  });

  it('name entries by whole numbers', () => {
    const change = { seq: 1, bookmarked: true, note: 'x' };
    expect(annotate({ sessionId: 's', changes: [{ ...change, extra: 1 }] })).toEqual({
      sessionId: 's',
      changes: [change],
    });
    expect(() => annotate({ sessionId: 's', changes: [{ ...change, seq: -1 }] })).toThrow('"seq"');
    expect(() => annotate({ sessionId: 's', changes: [{ ...change, note: 'x'.repeat(30_000) }] })).toThrow(
      'longer',
    );
  });

  it('name sessions by identifiers, which become parts of paths', () => {
    expect(sessionRefs({ sessionIds: ['a', 'b-1'] })).toEqual({ sessionIds: ['a', 'b-1'] });
    expect(() => sessionRefs({ sessionIds: ['../x'] })).toThrow('identifier');
  });
});
