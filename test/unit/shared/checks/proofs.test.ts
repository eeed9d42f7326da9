import { expect, it } from 'vitest';
import { MAX_PROOFS, passed } from '../../../../src/shared/checks/check.ts';
import { createProofs } from '../../../../src/shared/checks/proofs.ts';

it('names the first entries and counts all of them', () => {
  const proofs = createProofs();
  proofs.add(7);
  expect(proofs.on(passed('So.'))).toEqual({ state: 'passed', sentence: 'So.', seqs: [7] });
  for (let seq = 8; seq < 7 + 2 * MAX_PROOFS; seq += 1) proofs.add(seq);
  expect(proofs.on(passed('So.'))).toMatchObject({ total: 2 * MAX_PROOFS });
  expect(proofs.on(passed('So.')).seqs).toHaveLength(MAX_PROOFS);
});
