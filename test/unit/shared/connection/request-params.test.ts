import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addParam,
  changeParam,
  paramRows,
  queryEncoded,
  removeParam,
  type ParamSource,
} from '../../../../src/shared/connection/request-params.ts';

const source = (url: string, ...off: ParamSource['offParams']): ParamSource => ({ url, offParams: off });
const on = (name: string, value: string) => ({ name, value, enabled: true });

describe('the rows of a query', () => {
  it.each([
    ['http://h/', []],
    ['http://h/?', []],
    ['http://h/?a=1&a=2&b=&c', [on('a', '1'), on('a', '2'), on('b', ''), on('c', '')]],
    ['http://h/?q=a%20b+c%26#d?e=1', [on('q', 'a b c&')]],
    ['{{base}}?q={{ words }}&x={{y}}', [on('q', '{{ words }}'), on('x', '{{y}}')]],
    ['h?a=%zz&b=1=2', [on('a', '%zz'), on('b', '1=2')]],
    ['h?a&&b', [on('a', ''), on('', ''), on('b', '')]],
  ])('of %s', (url, rows) => {
    expect(paramRows(source(url))).toEqual(rows);
  });

  it('hold those that are switched off at their places', () => {
    const rows = paramRows(
      source('h?b=2', { at: 0, name: 'a', value: '1' }, { at: 9, name: 'c', value: '3' }),
    );
    expect(rows.map(({ name, enabled }) => [name, enabled])).toEqual([
      ['a', false],
      ['b', true],
      ['c', false],
    ]);
  });
});

describe('a change of a row', () => {
  it('writes only that parameter anew', () => {
    const url = 'http://h/p?x=%7ea+b&q=1&y=%zz#top';
    expect(changeParam(source(url), 1, { value: 'a b&c=ü+{{v}}%' }).url).toBe(
      'http://h/p?x=%7ea+b&q=a%20b%26c%3D%C3%BC%2B{{v}}%25&y=%zz#top',
    );
  });

  it('adds one behind the last', () => {
    expect(changeParam(source('h'), 0, { name: 'a' }).url).toBe('h?a=');
    expect(changeParam(source('h?a=1#x'), 1, { name: 'b', value: '2' }).url).toBe('h?a=1&b=2#x');
  });

  it('keeps a name without "=" until it gets a value', () => {
    expect(changeParam(source('h?flag'), 0, { name: 'flags' }).url).toBe('h?flags');
    expect(changeParam(source('h?flag'), 0, { value: '1' }).url).toBe('h?flag=1');
  });

  it('switches off and on again in place', () => {
    const off = changeParam(source('h?a=1&b=2&c=3'), 1, { enabled: false });
    expect(off).toEqual({ url: 'h?a=1&c=3', offParams: [{ at: 1, name: 'b', value: '2' }] });
    expect(changeParam(off, 1, { enabled: true })).toEqual(source('h?a=1&b=2&c=3'));
    const none = changeParam(source('h?a=1'), 0, { enabled: false });
    expect(none.url).toBe('h');
    expect(changeParam(none, 0, { value: '2' }).offParams).toEqual([{ at: 0, name: 'a', value: '2' }]);
  });

  it('removes one, and the others keep their places', () => {
    const mixed = source('h?a=1&c=3', { at: 1, name: 'b', value: '2' });
    expect(removeParam(mixed, 0)).toEqual({ url: 'h?c=3', offParams: [{ at: 0, name: 'b', value: '2' }] });
    expect(removeParam(source('h?a=1#x'), 0).url).toBe('h#x');
  });
});

it('what is written is read back, whatever it is, and a URL parser reads the same', () => {
  const word = fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[{}]/g, ''));
  fc.assert(
    fc.property(fc.array(fc.tuple(word, word), { maxLength: 6 }), (pairs) => {
      const wanted = pairs.filter(([name, value]) => name !== '' || value !== '');
      const url = wanted.reduce((made, [name, value]) => addParam(made, name, value), 'http://h/');
      expect(paramRows(source(url)).map(({ name, value }) => [name, value])).toEqual(wanted);
      expect([...new URL(url).searchParams]).toEqual(wanted);
    }),
  );
});

it('leaves what needs no encoding as it is', () => {
  expect(queryEncoded('AZaz09-._~/?:@!$,')).toBe('AZaz09-._~/?:@!$,');
});
