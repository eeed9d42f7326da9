import { expect, it } from 'vitest';
import { checksRef, MAX_CHECKS_CHARS, openChecks } from '../../../../src/shared/ipc/parse-checks.ts';

it('takes a session and a text', () => {
  expect(openChecks({ sessionId: 's', text: '- ids: rising' })).toEqual({
    sessionId: 's',
    text: '- ids: rising',
  });
  expect(checksRef({ runId: 'checks-1' })).toEqual({ runId: 'checks-1' });
});

it.each([
  [null],
  [{ sessionId: 's' }],
  [{ sessionId: 's', text: 4 }],
  [{ sessionId: 's', text: 'x'.repeat(MAX_CHECKS_CHARS + 1) }],
])('refuses what is no call', (value) => expect(() => openChecks(value)).toThrow());
