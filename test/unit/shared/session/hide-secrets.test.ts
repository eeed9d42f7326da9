import { expect, it } from 'vitest';
import { hideSecrets } from '../../../../src/shared/session/hide-secrets.ts';

const secrets = { names: ['X-Key', 'appid'], values: ['p&ss "w', 'abc', ''] };

it('hides values however they are written, and nothing that is shorter than a word', () => {
  const entry = {
    kind: 'p&ss "w',
    url: 'http://h/?q=p%26ss%20%22w&r=p%26ss+%22w&abc=1',
    headers: [['a', 'xp&ss "wx']],
    body: '{"a":"p&ss \\"w"}',
    number: 7,
    nothing: null,
  };
  const mark = '(hidden: 7 characters)';
  expect(hideSecrets(entry, { ...secrets, names: [] })).toEqual({
    ...entry,
    url: `http://h/?q=${mark}&r=${mark}&abc=1`,
    headers: [['a', `x${mark}x`]],
    body: `{"a":"${mark}"}`,
  });
});

it('hides what carries a name that was chosen for a key', () => {
  const entry = { headers: [['x-key', 'abc'] as const], to: 'http://h/?appid=12&other=12', why: 'appid' };
  expect(hideSecrets(entry, secrets)).toEqual({
    headers: [['x-key', '(hidden: 3 characters)']],
    to: 'http://h/?appid=(hidden-2)&other=12',
    why: 'appid',
  });
});

it('changes nothing when there is nothing to hide', () => {
  const entry = { a: [1] };
  expect(hideSecrets(entry, { names: [''], values: ['abc'] })).toEqual(entry);
});
