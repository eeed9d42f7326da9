import { describe, expect, it } from 'vitest';
import { createCookieJars, type StoredJars } from '../../../../src/main/connections/cookie-jars.ts';

const URL = 'http://h.example/a/b';

function open(stored: unknown = undefined) {
  const saves: StoredJars[] = [];
  const changes: (string | null)[] = [];
  const jars = createCookieJars({
    stored,
    save: (all) => saves.push(all),
    onChanged: (id) => changes.push(id),
  });
  const cookies = (url = URL, folder: string | null = 'f') =>
    jars
      .of(folder)
      .withCookies(url, [])
      .map(([, value]) => value)
      .join();
  return { jars, saves, changes, cookies };
}

describe('a jar', () => {
  it('takes what a server sets and gives it where it matches', () => {
    const { jars, cookies, changes } = open();
    jars.of('f').take(URL, ['a=1; Path=/a', 'b=2; Domain=example; Secure', 'c=3; Domain=other.test', '']);
    expect(cookies()).toBe('a=1');
    expect(cookies('http://h.example/z')).toBe('');
    expect(cookies(URL, null)).toBe('');
    expect(changes).toEqual(['f']);
    jars.of('f').take('https://h.example/', ['s=1; Secure', 'a=; Max-Age=0; Path=/a']);
    expect(cookies()).toBe('');
    expect(cookies('https://h.example/')).toBe('s=1');
  });

  it('leaves the cookies of the user as they are', () => {
    const { jars } = open();
    jars.of('f').take(URL, ['a=jar; Path=/', 'b=jar; Path=/']);
    const headers = [
      ['Host', 'h'],
      ['cookie', 'a=mine'],
    ] as const;
    expect(jars.of('f').withCookies(URL, headers)).toEqual([
      ['Host', 'h'],
      ['cookie', 'a=mine; b=jar'],
    ]);
    expect(jars.of('f').withCookies('no address', headers)).toBe(headers);
  });

  it('can be looked at, changed and emptied', () => {
    const { jars, cookies } = open();
    jars.add('f', URL, 'a=1; Path=/; HttpOnly');
    const [row] = jars.list('f');
    expect(row).toEqual({
      name: 'a',
      value: '1',
      domain: 'h.example',
      hostOnly: true,
      path: '/',
      expires: null,
      secure: false,
      httpOnly: true,
    });
    const key = { name: 'a', domain: 'h.example', path: '/' };
    jars.setValue('f', key, '2');
    expect(cookies()).toBe('a=2');
    expect(() => jars.setValue('f', key, '2;b')).toThrow('semicolon');
    jars.add('f', URL, 'b=1');
    jars.remove('f', key);
    expect(jars.list('f').map(({ name }) => name)).toEqual(['b']);
    jars.clear('f');
    expect(jars.list('f')).toEqual([]);
    expect(() => jars.setValue('f', key, '3')).toThrow('gone');
  });

  it('says why a cookie is not taken', () => {
    const { jars } = open();
    expect(() => jars.add('f', URL, 'a=1; Domain=other.test')).toThrow('The cookie was not taken');
    expect(() => jars.add('f', 'no address', 'a=1')).toThrow('The cookie was not taken');
  });

  it('comes back as it was kept, and empty when that cannot be read', () => {
    const first = open();
    first.jars.of('f').take(URL, ['a=1; Max-Age=1000; Path=/']);
    first.jars.of(null).take(URL, ['top=1']);
    const kept = JSON.parse(JSON.stringify(first.saves.at(-1))) as unknown;
    const again = open(kept);
    expect(again.cookies()).toBe('a=1');
    expect(again.cookies(URL, null)).toBe('top=1');
    for (const damaged of [7, null, { f: 7 }, { f: { cookies: 'x' } }])
      expect(open(damaged).jars.list('f')).toEqual([]);
  });
});
