import { describe, expect, it } from 'vitest';
import {
  beginImport,
  importPiece,
  lookAtExport,
  MOST_PIECE_BYTES,
  runImport,
  startExport,
} from '../../../../src/shared/ipc/parse-exchange.ts';

describe('the scope of an export', () => {
  const of = (scope: unknown) => lookAtExport({ sessionId: 's', scope }).scope;

  it('is all, a range or a filter, and nothing besides gets through', () => {
    expect(of({ kind: 'all', more: 1 })).toEqual({ kind: 'all' });
    expect(of({ kind: 'range', range: { from: 1, to: 2, x: 3 } })).toEqual({
      kind: 'range',
      range: { from: 1, to: 2 },
    });
    const filter = { text: 'type:goal', hiddenKinds: ['comment'] };
    expect(of({ kind: 'filter', filter })).toEqual({ kind: 'filter', filter });
  });

  it.each([
    [{ kind: 'some' }],
    [{ kind: 'range' }],
    [{ kind: 'range', range: { from: 2, to: 1 } }],
    [{ kind: 'filter', filter: { text: 1, hiddenKinds: [] } }],
    [{ kind: 'filter', filter: { text: '', hiddenKinds: ['nothing'] } }],
    [null],
  ])('refuses %j', (scope) => {
    expect(() => of(scope)).toThrow('Bad arguments');
  });

  it('takes secrets out unless it is told plainly to include them', () => {
    const request = { sessionId: 's', formatId: 'har', scope: { kind: 'all' } };
    expect(startExport({ ...request, includeSecrets: true }).includeSecrets).toBe(true);
    for (const includeSecrets of [undefined, null, 'true', 1])
      expect(() => startExport({ ...request, includeSecrets })).toThrow('"includeSecrets"');
  });
});

describe('the pieces of an import', () => {
  it('are bytes of a bounded length', () => {
    const bytes = new Uint8Array([1, 2]);
    expect(importPiece({ importId: 'import-1', bytes })).toEqual({ importId: 'import-1', bytes });
    expect(() => importPiece({ importId: 'import-1', bytes: [1, 2] })).toThrow('"bytes"');
    expect(() => importPiece({ importId: 'import-1', bytes: new Uint8Array(MOST_PIECE_BYTES + 1) })).toThrow(
      '"bytes"',
    );
    expect(() => importPiece({ importId: '../x', bytes })).toThrow('"importId"');
  });

  it('are chosen by their places, each once', () => {
    expect(runImport({ importId: 'i', chosen: [2, 0, 2] })).toEqual({ importId: 'i', chosen: [2, 0] });
    for (const chosen of [null, ['0'], [-1], [1.5]])
      expect(() => runImport({ importId: 'i', chosen })).toThrow('Bad arguments');
    expect(() => beginImport({ name: 1 })).toThrow('"name"');
  });
});
