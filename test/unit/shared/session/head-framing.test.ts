import { expect, it } from 'vitest';
import type { ResponseHeadEntry } from '../../../../src/shared/session/entry.ts';
import { framingOfHead } from '../../../../src/shared/session/head-framing.ts';
import { responseHead } from '../../../support/attempt-entries.ts';

const head = responseHead(1) as ResponseHeadEntry;

it('says what an accepted body is read as; sessions of older versions read event streams', () => {
  expect(framingOfHead(head)).toBe('sse');
  expect(framingOfHead({ ...head, framing: 'ndjson' })).toBe('ndjson');
  expect(framingOfHead({ ...head, accepted: false })).toBeNull();
});

it('reads what a newer version calls by a name not known here as lines of text', () => {
  const newer = JSON.parse(JSON.stringify({ ...head, framing: 'protobuf' })) as ResponseHeadEntry;
  expect(framingOfHead(newer)).toBe('text');
});
