import { expect, it } from 'vitest';
import { BLANK_REQUEST } from '../../../../src/shared/connection/blank-request.ts';
import { DEFAULT_AUTH } from '../../../../src/shared/connection/request-auth.ts';
import {
  authSpec,
  bodySpec,
  cookiesSpec,
  offParams,
} from '../../../../src/shared/ipc/parse-request-parts.ts';
import { requestSpec } from '../../../../src/shared/ipc/parse-workspace.ts';

it('opens requests of older versions, whose body is a text', () => {
  const { method, url, headers, reconnect, lastEventId } = BLANK_REQUEST;
  const old = { method, url, headers, reconnect, lastEventId };
  expect(requestSpec({ ...old, body: '' })).toEqual(BLANK_REQUEST);
  expect(requestSpec({ ...old, body: '{"a":1}' }).body).toMatchObject({ kind: 'json', text: '{"a":1}' });
  expect(requestSpec({ ...old, body: 'a=1' }).body).toMatchObject({ kind: 'text', text: 'a=1' });
});

it('fills what is absent with the defaults, also inside', () => {
  expect(authSpec({ kind: 'api-key', apiKey: { value: 'v' } })).toEqual({
    ...DEFAULT_AUTH,
    kind: 'api-key',
    apiKey: { name: 'X-Api-Key', value: 'v', place: 'header' },
  });
  expect(bodySpec({ kind: 'file', path: '/x' })).toMatchObject({ kind: 'file', fields: [], text: '' });
  expect(cookiesSpec({})).toEqual({ jar: false });
});

it.each([
  () => bodySpec({ kind: 'xml' }),
  () => bodySpec({ fields: [{ name: 'a', value: 1, enabled: true, file: false }] }),
  () => bodySpec(7),
  () => authSpec({ apiKey: { place: 'cookie' } }),
  () => authSpec({ basic: 'u:p' }),
  () => offParams({ offParams: [{ at: -1, name: '', value: '' }] }),
  () => cookiesSpec({ jar: 'yes' }),
])('refuses what is no part of a request: %s', (parse) => {
  expect(parse).toThrow('Bad arguments');
});
