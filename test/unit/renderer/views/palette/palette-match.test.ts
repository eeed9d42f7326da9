import { describe, expect, it } from 'vitest';
import { matches } from '../../../../../src/renderer/views/palette/palette-match.ts';

const items = [
  'Connect or stop',
  'Reconnect now',
  'Show Connection',
  'Theme: dark',
  'Discard the changes to the request',
].map((label) => ({ label }));
const found = (query: string) => matches(items, query).map((match) => match.item.label);

describe('finding a command', () => {
  it('shows all in their order when nothing is typed', () => {
    expect(found('')).toEqual(items.map((item) => item.label));
    expect(found('  ')).toEqual(items.map((item) => item.label));
  });

  it('puts the beginning of the label before the beginning of a word before the middle of one', () => {
    expect(found('conn').slice(0, 3)).toEqual(['Connect or stop', 'Show Connection', 'Reconnect now']);
  });

  it('takes the first letters of words', () => {
    expect(found('td')[0]).toBe('Theme: dark');
    expect(found('sc')[0]).toBe('Show Connection');
  });

  it('finds nothing for letters that are not there in this order', () => {
    expect(found('zzz')).toEqual([]);
    expect(found('krad')).toEqual([]);
  });

  it('says which letters were found', () => {
    expect(matches([{ label: 'Show Connection' }], 'con')[0]?.at).toEqual([5, 6, 7]);
  });
});
