import { expect, it } from 'vitest';
import { BLANK_REQUEST } from '../../../../../src/shared/connection/blank-request.ts';
import { DEFAULT_AUTH } from '../../../../../src/shared/connection/request-auth.ts';
import { bodyOfText, DEFAULT_BODY } from '../../../../../src/shared/connection/request-body.ts';
import { previewOf } from '../../../../../src/renderer/views/connect/request-preview.ts';

const request = { ...BLANK_REQUEST, url: 'http://h/x?api_key=k1234', method: 'POST' };

it('shows what goes over the wire, without what is secret', () => {
  const { text, problem, notes } = previewOf(
    {
      ...request,
      body: bodyOfText('{"password":"{{p}}","echo":"tok-987"}'),
      auth: { ...DEFAULT_AUTH, kind: 'bearer', bearer: { token: 'tok-987' } },
    },
    new Map([['p', 'pass-1']]),
  );
  expect({ problem, notes }).toEqual({ problem: '', notes: [] });
  expect(text.split('\n')[0]).toBe('POST http://h/x?api_key=(hidden-5)');
  expect(text).toContain('Authorization: Bearer (hidden: 7 characters)');
  expect(text).toContain('{"password":"(hidden: 6 characters)","echo":"(hidden: 7 characters)"}');
  expect(text).not.toMatch(/tok-987|pass-1|k1234/);
});

it('says what is only known later, and why nothing can be sent', () => {
  const oauth2 = { ...DEFAULT_AUTH.oauth2, tokenUrl: 'http://t/token', clientSecret: 'hush-hush' };
  const later = previewOf(
    {
      ...request,
      body: { ...DEFAULT_BODY, kind: 'file', path: '/x.bin' },
      auth: { ...DEFAULT_AUTH, kind: 'oauth2', oauth2 },
      cookies: { jar: true },
    },
    new Map(),
  );
  expect(later.notes).toHaveLength(1);
  expect(later.notes[0]).toMatch(/token from http:\/\/t\/token.*sizes of the files.*jar/);
  expect(later.text).toContain('(the bytes of /x.bin)');
  expect(previewOf({ ...request, url: '{{nothing}}' }, new Map()).problem).toContain('{{nothing}}');
  expect(previewOf({ ...request, url: 'ftp://h' }, new Map())).toMatchObject({ text: '', notes: [] });
});
