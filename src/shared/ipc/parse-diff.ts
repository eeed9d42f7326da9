/** Parsers for the arguments of comparisons. */
import { ALIGN_BY } from '../diff/align-events.ts';
import type { DiffRequest, DiffShown } from '../diff/diff-page.ts';
import { fields, flag, identifier, integer, list, oneOf, text } from './argument-fields.ts';

export function openDiff(value: unknown): DiffRequest {
  const from = fields(value);
  return {
    left: identifier(from, 'left'),
    right: identifier(from, 'right'),
    by: oneOf(from, 'by', ALIGN_BY),
    byValue: flag(from, 'byValue'),
    ignoredKeys: list(from, 'ignoredKeys', 100).map((key) => text({ key }, 'key', 1000)),
  };
}

export function readDiffRows(value: unknown): {
  readonly diffId: string;
  readonly shown: DiffShown;
  readonly from: number;
  readonly count: number;
} {
  const from = fields(value);
  return {
    diffId: identifier(from, 'diffId'),
    shown: oneOf(from, 'shown', ['all', 'differences']),
    from: integer(from, 'from'),
    count: integer(from, 'count', 0, 1024),
  };
}

export function diffRef(value: unknown): { readonly diffId: string } {
  return { diffId: identifier(fields(value), 'diffId') };
}
