import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bodyOfText,
  bodyParts,
  DEFAULT_BODY,
  describeBody,
  encodeBody,
  formEncoded,
  type BodySpec,
} from '../../../../src/shared/connection/request-body.ts';

const field = (name: string, value: string, change = {}) => ({
  name,
  value,
  enabled: true,
  file: false,
  ...change,
});
const spec = (change: Partial<BodySpec>): BodySpec => ({ ...DEFAULT_BODY, ...change });

describe('a body', () => {
  it('of a text is JSON when it begins like it', () => {
    expect(bodyOfText('')).toBe(DEFAULT_BODY);
    expect(bodyOfText(' [1')).toMatchObject({ kind: 'json', text: ' [1' });
    expect(bodyOfText('a')).toMatchObject({ kind: 'text', text: 'a' });
  });

  it.each([
    [spec({ kind: 'none', text: 'kept' }), '', ''],
    [spec({ kind: 'json', text: '{}' }), '{}', 'application/json'],
    [spec({ kind: 'text', text: 'a' }), 'a', 'text/plain;charset=UTF-8'],
    [spec({ kind: 'text', text: 'a', contentType: 'text/csv' }), 'a', 'text/csv'],
    [spec({ kind: 'json' }), '', ''],
    [
      spec({
        kind: 'form',
        fields: [field('a b', 'ü&'), field('a b', ''), field('off', 'x', { enabled: false })],
      }),
      'a+b=%C3%BC%26&a+b=',
      'application/x-www-form-urlencoded',
    ],
    [spec({ kind: 'form' }), '', 'application/x-www-form-urlencoded'],
  ])('%j is sent as %j of type %j', (from, body, contentType) => {
    expect(encodeBody(from)).toEqual({ body, contentType });
  });

  it('may be a file, named and not read', () => {
    const { body, contentType } = encodeBody(spec({ kind: 'file', path: '/x/y.bin' }));
    expect(bodyParts(body)).toEqual([{ kind: 'file', path: '/x/y.bin' }]);
    expect(contentType).toBe('application/octet-stream');
    expect(describeBody(body)).toBe('(the bytes of /x/y.bin)');
  });

  it('of several parts has a boundary that is in none of them', () => {
    const fields = [
      field('a"b', 'streamscope-part-8f27c41d-1\n'),
      field('f', '/x/a "1".bin', { file: true }),
    ];
    const { body, contentType } = encodeBody(spec({ kind: 'multipart', fields }));
    const boundary = 'streamscope-part-8f27c41d-2';
    expect(contentType).toBe(`multipart/form-data; boundary=${boundary}`);
    expect(describeBody(body)).toBe(
      [
        `--${boundary}`,
        'Content-Disposition: form-data; name="a%22b"',
        '',
        'streamscope-part-8f27c41d-1',
        '',
        `--${boundary}`,
        'Content-Disposition: form-data; name="f"; filename="a %221%22.bin"',
        'Content-Type: application/octet-stream',
        '',
        '(the bytes of /x/a "1".bin)',
        `--${boundary}--`,
        '',
      ].join('\r\n'),
    );
  });

  it('takes the boundary that the user has written', () => {
    const asked = [['content-type', 'multipart/mixed; boundary="x y"']] as const;
    expect(encodeBody(spec({ kind: 'multipart', fields: [field('a', '1')] }), asked).body).toContain(
      '--x y--',
    );
  });
});

it('encodes forms as every URLSearchParams does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(`${formEncoded(text)}=`).toBe(new URLSearchParams([[text, '']]).toString());
    }),
  );
});
