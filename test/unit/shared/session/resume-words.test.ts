import { expect, it } from 'vitest';
import type { ResumeReport } from '../../../../src/shared/session/id-ledger.ts';
import { describeResume, hasFindings } from '../../../../src/shared/session/resume-words.ts';

const report: ResumeReport = {
  afterId: '7',
  firstId: '8',
  ids: 'numeric',
  missing: 0,
  gaps: [],
  repeated: 0,
  repeatedIds: [],
  forgot: false,
};

it.each<[Partial<ResumeReport>, string, boolean]>([
  [{}, 'Resumed after id 7: nothing missing, nothing repeated', false],
  [
    {
      missing: 3,
      gaps: [
        [8, 9],
        [12, 12],
      ],
    },
    'Resumed after id 7: 3 missing (8–9, 12), nothing repeated',
    true,
  ],
  [{ missing: 3, gaps: [[8, 9]] }, 'Resumed after id 7: 3 missing (8–9, …), nothing repeated', true],
  [
    { missing: null, repeated: 2, repeatedIds: ['a', 'b'] },
    'Resumed after id 7: gaps cannot be told from these ids, 2 repeated (a, b)',
    true,
  ],
  [
    { repeated: 2, repeatedIds: ['a'], forgot: true },
    'Resumed after id 7: nothing missing, at least 2 repeated (a, …)',
    true,
  ],
  [{ forgot: true }, 'Resumed after id 7: nothing missing, nothing repeated of the ids still known', false],
])('%j', (change, text, findings) => {
  expect(describeResume({ ...report, ...change })).toBe(text);
  expect(hasFindings({ ...report, ...change })).toBe(findings);
});
