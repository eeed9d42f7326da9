import { expect, it } from 'vitest';
import { BLANK_REQUEST } from '../../../../src/shared/connection/blank-request.ts';
import { DEFAULT_AUTH } from '../../../../src/shared/connection/request-auth.ts';
import { DEFAULT_BODY } from '../../../../src/shared/connection/request-body.ts';
import type { RequestSpec } from '../../../../src/shared/connection/types.ts';
import { mapRequestTexts } from '../../../../src/shared/workspace/request-texts.ts';
import { substituteAddress, substituteRequest } from '../../../../src/shared/workspace/variables.ts';

const variables = new Map([
  ['v', 'a b&c'],
  ['base', 'http://h/?x=1'],
  ['query', 'p=1&q=2'],
]);

const full: RequestSpec = {
  ...BLANK_REQUEST,
  url: 'u',
  offParams: [{ at: 0, name: 'off', value: 'o' }],
  headers: [{ name: 'H', value: 'h', enabled: true }],
  body: {
    ...DEFAULT_BODY,
    kind: 'form',
    text: 't',
    contentType: 'c',
    fields: [{ name: 'F', value: 'f', enabled: true, file: false }],
    path: 'p',
  },
  auth: {
    kind: 'oauth2',
    basic: { username: 'bu', password: 'bp' },
    bearer: { token: 'bt' },
    apiKey: { name: 'X', value: 'k', place: 'query' },
    oauth2: {
      tokenUrl: 'ou',
      clientId: 'oi',
      clientSecret: 'os',
      scope: 'oc',
      audience: 'oa',
      clientAuth: 'body',
    },
  },
  lastEventId: 'l',
};

it('reaches every text of a request', () => {
  const seen: string[] = [];
  const changed = mapRequestTexts(full, (text) => {
    if (text !== '') seen.push(text);
    return `<${text}>`;
  });
  expect(seen.join(' ')).toContain('u o h t c f p bu bp bt k ou oi os oc oa');
  // What is left unchanged is a word of ours or a name: every other text is now in brackets.
  const left = [...JSON.stringify(changed).matchAll(/:"([^<"][^"]*)"/g)].map((match) => match[1]);
  for (const text of [
    'u',
    'o',
    'h',
    't',
    'c',
    'f',
    'p',
    'bu',
    'bp',
    'bt',
    'k',
    'ou',
    'oi',
    'os',
    'oc',
    'oa',
    'l',
  ])
    expect(left).not.toContain(text);
});

it('says which texts are sent', () => {
  const sent: string[] = [];
  mapRequestTexts(full, (text, place) => {
    if (place.sent && text !== '') sent.push(text);
    return text;
  });
  expect(sent.filter((text) => /^([uhfl]|o[uisca])$/.test(text))).toEqual([
    'u',
    'h',
    'f',
    'ou',
    'oi',
    'os',
    'oc',
    'oa',
    'l',
  ]);
  for (const text of ['o', 't', 'c', 'p', 'bu', 'bp', 'bt', 'k']) expect(sent).not.toContain(text);
});

it('puts values into credentials and forms before they are encoded', () => {
  const request: RequestSpec = {
    ...BLANK_REQUEST,
    auth: {
      ...DEFAULT_AUTH,
      kind: 'bearer',
      bearer: { token: '{{v}}' },
      basic: { username: '{{no}}', password: '' },
    },
    body: {
      ...DEFAULT_BODY,
      kind: 'form',
      fields: [{ name: 'a', value: '{{v}}', enabled: true, file: false }],
    },
  };
  expect(substituteRequest(request, variables)).toMatchObject({
    auth: { bearer: { token: 'a b&c' }, basic: { username: '{{no}}' } },
    body: { fields: [{ value: 'a b&c' }] },
  });
});

it.each([
  ['{{base}}&y={{v}}', 'http://h/?x=1&y=a b&c'],
  ['h/{{v}}?y={{v}}', 'h/a b&c?y=a%20b%26c'],
  ['h?y=1-{{v}}&{{query}}#{{v}}', 'h?y=1-a%20b%26c&p=1&q=2#a b&c'],
  ['h?{{query}}', 'h?p=1&q=2'],
])('puts values into the address %s', (text, address) => {
  expect(substituteAddress(text, variables, 'the address')).toBe(address);
});
