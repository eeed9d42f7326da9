import { expect, it } from 'vitest';
import {
  addCookie,
  cookieFolder,
  removeCookie,
  setCookieValue,
} from '../../../../src/shared/ipc/parse-cookies.ts';

const key = { name: 'a', domain: 'h', path: '/' };

it('takes whole commands about cookies, and nothing that is not asked for', () => {
  expect(cookieFolder({ folderId: null, more: 1 })).toEqual({ folderId: null });
  expect(addCookie({ folderId: 'f', url: 'u', line: 'a=1' })).toEqual({
    folderId: 'f',
    url: 'u',
    line: 'a=1',
  });
  expect(setCookieValue({ folderId: 'f', key: { ...key, expires: 7 }, value: '' })).toEqual({
    folderId: 'f',
    key,
    value: '',
  });
});

it.each([
  () => cookieFolder({ folderId: '../x' }),
  () => addCookie({ folderId: null, url: 'u' }),
  () => removeCookie({ folderId: null, key: { name: 'a', domain: 'h' } }),
  () => setCookieValue({ folderId: null, key, value: 7 }),
])('refuses what is incomplete: %s', (parse) => {
  expect(parse).toThrow('Bad arguments');
});
