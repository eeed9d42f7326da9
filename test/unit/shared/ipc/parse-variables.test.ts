import { expect, it } from 'vitest';
import {
  environments,
  secretKeeping,
  secretValue,
  variables,
} from '../../../../src/shared/ipc/parse-variables.ts';

const variable = { name: 'key', value: 'x', secret: false, enabled: true };

it('lets no value of a secret through to where the others are kept', () => {
  expect(variables([variable, { ...variable, secret: true }]).map(({ value }) => value)).toEqual(['x', '']);
});

it('copies environments field by field', () => {
  const environment = { id: 'prod', name: 'Production', variables: [variable] };
  expect(environments([{ ...environment, more: 1 }])).toEqual([environment]);
});

it.each([
  ['a name that is no text', () => variables([{ ...variable, name: 1 }])],
  ['an identifier that is a path', () => environments([{ id: '../x', name: '', variables: [] }])],
  ['a secret without an owner', () => secretValue({ ref: { name: 'key' }, value: 'x' })],
  ['a place that is none', () => secretKeeping({ keeping: 'cloud' })],
])('refuses %s', (_what, read) => {
  expect(read).toThrow('Bad arguments');
});
