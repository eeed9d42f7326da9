import { expect, it } from 'vitest';
import {
  authHeader,
  authSecrets,
  DEFAULT_AUTH,
  type AuthSpec,
} from '../../../../src/shared/connection/request-auth.ts';

const auth = (change: Partial<AuthSpec>): AuthSpec => ({ ...DEFAULT_AUTH, ...change });
const key = { name: ' X-Key ', value: 'abcd', place: 'header' } as const;

it.each<[AuthSpec, readonly [string, string] | null]>([
  [DEFAULT_AUTH, null],
  [auth({ kind: 'basic' }), null],
  [
    auth({ kind: 'basic', basic: { username: 'käthe', password: 'x' } }),
    ['Authorization', 'Basic a8OkdGhlOng='],
  ],
  [auth({ kind: 'bearer', bearer: { token: ' t\n' } }), ['Authorization', 'Bearer t']],
  [auth({ kind: 'bearer' }), null],
  [auth({ kind: 'api-key', apiKey: key }), ['X-Key', 'abcd']],
  [auth({ kind: 'api-key', apiKey: { ...key, place: 'query' } }), null],
  [auth({ kind: 'oauth2' }), null],
])('%j is the header %j', (from, header) => {
  expect(authHeader(from)).toEqual(header);
});

it('knows what of the credentials in use is secret, and nothing of the others', () => {
  const all = auth({ basic: { username: 'u', password: 'pass' }, bearer: { token: 'token' }, apiKey: key });
  expect(authSecrets(all)).toEqual({ names: [], values: [] });
  expect(authSecrets({ ...all, kind: 'basic' }).values).toEqual(['pass', 'dTpwYXNz']);
  expect(authSecrets({ ...all, kind: 'bearer' }).values).toEqual(['token']);
  expect(authSecrets({ ...all, kind: 'api-key' })).toEqual({ names: ['X-Key'], values: ['abcd'] });
  expect(authSecrets({ ...all, kind: 'oauth2' }).values).toEqual(['']);
});
