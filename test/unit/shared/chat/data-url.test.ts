import { describe, expect, it } from 'vitest';
import { dataUrlOf } from '../../../../src/shared/chat/data-url.ts';

describe('a data URL', () => {
  it('in base64 is taken apart', () => {
    expect(dataUrlOf('data:image/png;base64,AAAA')).toEqual({ format: 'image/png', data: 'AAAA' });
  });

  it.each(['https://a.test/b.png', 'data:text/plain,AAAA', '', 'javascript:alert(1)'])(
    '%j is none that can be shown',
    (url) => expect(dataUrlOf(url)).toBeNull(),
  );
});
