import { describe, expect, it } from 'vitest';
import { citationOf } from '../../../../src/shared/chat/url-citation.ts';

describe('a citation', () => {
  it('is read from an annotation that is nested under its type', () => {
    const value = {
      type: 'url_citation',
      url_citation: { url: 'u', title: 't', start_index: 1, end_index: 2 },
    };
    expect(citationOf(value)).toMatchObject({
      kind: 'url_citation',
      url: 'u',
      title: 't',
      start: 1,
      end: 2,
      value,
    });
  });

  it('is read from a flat annotation, a file or a bare URL', () => {
    expect(citationOf({ type: 'file_citation', filename: 'f.txt', index: 3 })).toMatchObject({
      title: 'f.txt',
      start: null,
    });
    expect(citationOf('https://a.test')).toMatchObject({ kind: 'url', url: 'https://a.test' });
  });

  it.each([null, 7, [], {}])('of %j is a citation without anything', (value) => {
    expect(citationOf(value)).toMatchObject({
      kind: 'citation',
      title: '',
      url: '',
      text: '',
      start: null,
      end: null,
    });
  });
});
