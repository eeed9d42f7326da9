import { expect, test } from 'vitest';
import { decideHeld, tapRef, tapSpec, tapSpecs } from '../../../../src/shared/ipc/parse-taps.ts';
import { BLANK_TAP } from '../../../../src/shared/tap/tap-spec.ts';

test('reads a tap field by field; what is absent has its default', () => {
  expect(tapSpec({ id: 'a', target: 'https://api.openai.com', extra: 1 })).toEqual({
    ...BLANK_TAP,
    id: 'a',
    target: 'https://api.openai.com',
  });
});

test.each([
  [{ id: '../x' }, '"id"'],
  [{ id: 'a', port: 70_000 }, '"port"'],
  [{ id: 'a', bind: '127.0.0.1; rm' }, '"bind"'],
  [{ id: 'a', rules: [{}] }, '"id"'],
  [{ id: 'a', rules: [rule({ kind: 'explode' })] }, '"kind"'],
  [{ id: 'a', rules: [rule({ kind: 'delay', delayMs: -1 })] }, '"delayMs"'],
  [{ id: 'a', rules: [rule({ kind: 'answer', status: 99, body: '' })] }, '"status"'],
  [{ id: 'a', rules: [rule({ kind: 'cut', afterEvents: 0, how: 'end' })] }, '"afterEvents"'],
])('refuses %j and names the field', (value, field) => {
  expect(() => tapSpec(value)).toThrow(field);
});

test('reads each action', () => {
  const actions = [
    { kind: 'delay', delayMs: 5 },
    { kind: 'drop' },
    { kind: 'hold' },
    { kind: 'edit', find: 'a', replace: 'b' },
    { kind: 'cut', afterEvents: 2, how: 'reset' },
    { kind: 'answer', status: 503, body: '{}' },
  ];
  const [spec] = tapSpecs([{ id: 'a', rules: actions.map(rule) }]);
  expect(spec?.rules.map(({ action }) => action)).toEqual(actions);
});

test('reads what is decided about a held event', () => {
  expect(tapRef({ tapId: 'a' })).toEqual({ tapId: 'a' });
  const about = { tapId: 'a', heldId: 3 };
  expect(decideHeld({ ...about, verdict: { kind: 'edit', text: 'data: x\n\n', more: 1 } })).toEqual({
    ...about,
    verdict: { kind: 'edit', text: 'data: x\n\n' },
  });
  expect(() => decideHeld({ ...about, verdict: { kind: 'edit' } })).toThrow('"text"');
  expect(() => decideHeld({ ...about, heldId: 0, verdict: { kind: 'drop' } })).toThrow('"heldId"');
});

function rule(action: unknown) {
  return { id: 'r', enabled: true, path: '', filter: '', times: 0, action };
}
