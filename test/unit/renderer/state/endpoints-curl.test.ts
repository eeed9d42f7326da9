import { describe, expect, it } from 'vitest';
import { BLANK_REQUEST } from '../../../../src/shared/connection/blank-request.ts';
import { parseCurl, toCurl } from '../../../../src/renderer/state/endpoints-curl.ts';
import { DEFAULT_AUTH } from '../../../../src/shared/connection/request-auth.ts';
import { DEFAULT_TRANSPORT } from '../../../../src/shared/connection/transport.ts';
import type { RequestSpec } from '../../../../src/shared/connection/types.ts';
import {
  bodyOfText,
  DEFAULT_BODY,
  encodeBody,
  type BodySpec,
  type FormField,
} from '../../../../src/shared/connection/request-body.ts';

const header = (name: string, value: string) => ({ name, value, enabled: true });
const field = (name: string, value: string) => ({ name, value, enabled: true, file: false });
const body = (kind: BodySpec['kind'], fields: readonly FormField[]): BodySpec => ({
  ...DEFAULT_BODY,
  kind,
  fields,
});

describe('reading a curl command', () => {
  it('takes method, address, headers and body over several lines', () => {
    const command = `$ curl -N https://api.example/v1/chat \\
      -H "Authorization: Bearer a\\"b" \\
      -H 'Content-Type: application/json' \\
      -d '{"stream": true,
  "text": "it'\\''s"}'`;
    expect(parseCurl(command)).toEqual({
      method: 'POST',
      url: 'https://api.example/v1/chat',
      offParams: [],
      headers: [header('Content-Type', 'application/json')],
      body: bodyOfText('{"stream": true,\n  "text": "it\'s"}'),
      auth: { ...DEFAULT_AUTH, kind: 'bearer', bearer: { token: 'a"b' } },
      transport: DEFAULT_TRANSPORT,
      notes: [],
    });
  });

  it.each([
    ['curl http://h/', 'GET', 'http://h/'],
    ['curl -sSN http://h/', 'GET', 'http://h/'],
    ['curl -XPUT http://h/', 'PUT', 'http://h/'],
    ['curl --request delete --url http://h/', 'DELETE', 'http://h/'],
    ['curl --request=patch http://h/', 'PATCH', 'http://h/'],
    ['curl -o out.txt --max-time 5 -m 9 http://h/ --compressed', 'GET', 'http://h/'],
    ['curl -G http://h/?a=1 -d b=2 -d c=3', 'GET', 'http://h/?a=1&b=2&c=3'],
    ['curl -I http://h/', 'HEAD', 'http://h/'],
  ])('reads %j', (command, method, url) => {
    expect(parseCurl(command)).toMatchObject({ method, url });
  });

  it('reads data as the form that curl makes of it', () => {
    expect(parseCurl('curl h -d a=1 --data-raw @b=%20+')).toMatchObject({
      method: 'POST',
      headers: [],
      body: { kind: 'form', fields: [field('a', '1'), field('@b', '  ')] },
    });
    expect(parseCurl(`curl h -d '{}'`)?.body).toMatchObject({
      kind: 'text',
      text: '{}',
      contentType: 'application/x-www-form-urlencoded',
    });
    expect(parseCurl(`curl h --json '{}'`)).toMatchObject({
      headers: [],
      body: { kind: 'json', text: '{}' },
    });
    expect(parseCurl(`curl h -H 'content-type: text/csv' -d a=1`)?.body).toMatchObject({
      kind: 'text',
      text: 'a=1',
    });
  });

  it('encodes what curl encodes, into the body or the address', () => {
    const data = `--data-urlencode 'q=a b&c' --data-urlencode '=d=e'`;
    expect(parseCurl(`curl -G h ${data}`)).toMatchObject({ method: 'GET', url: 'h?q=a%20b%26c&d%3De' });
    expect(parseCurl(`curl h --data-urlencode 'q=a b&c'`)?.body.fields).toEqual([field('q', 'a b&c')]);
  });

  it('reads forms of parts and files', () => {
    const read = parseCurl(`curl h -F a=1 -F 'b=@/tmp/x.bin;type=image/png' --form-string 'c=@not a file'`);
    expect(read?.body).toMatchObject({
      kind: 'multipart',
      fields: [field('a', '1'), { ...field('b', '/tmp/x.bin'), file: true }, field('c', '@not a file')],
    });
    expect(read?.notes).toEqual([]);
    expect(parseCurl('curl -T /tmp/x h')).toMatchObject({
      method: 'PUT',
      body: { kind: 'file', path: '/tmp/x' },
    });
  });

  it('reads credentials and cookies', () => {
    const read = parseCurl(`curl h -A me -e http://r -b 'a=1; b=2' -u 'käthe:x:y'`);
    expect(read?.headers).toEqual([
      header('User-Agent', 'me'),
      header('Referer', 'http://r'),
      header('Cookie', 'a=1; b=2'),
    ]);
    expect(read?.auth).toMatchObject({ kind: 'basic', basic: { username: 'käthe', password: 'x:y' } });
    expect(parseCurl('curl h --oauth2-bearer t')?.auth).toMatchObject({
      kind: 'bearer',
      bearer: { token: 't' },
    });
    expect(parseCurl('curl h -b jar.txt')?.notes).toHaveLength(1);
  });

  it('understands the quoting of developer tools', () => {
    expect(parseCurl(`curl 'h' --data-raw $'a\\u0021\\n\\x41\\'b'`)?.body.text).toBe("a!\nA'b");
  });

  it('says what it could not take over', () => {
    expect(parseCurl('curl h -d @body.json')).toMatchObject({
      body: { kind: 'file', path: 'body.json' },
      notes: ["Where body.json is depends on the terminal's folder: choose it in Body."],
    });
    expect(parseCurl('curl h -d @-')?.notes).toHaveLength(1);
    expect(parseCurl('curl h -d a=1 -d @/b')?.notes).toHaveLength(1);
    expect(parseCurl('curl h -G -d @/b')?.notes).toHaveLength(1);
  });

  it.each(['', 'http://h/', 'curling http://h/', 'curl', 'curl -s'])('knows that %j is none', (text) => {
    expect(parseCurl(text)).toBeNull();
  });
});

describe('writing a curl command', () => {
  it('asks for the same when it is read again', () => {
    const request = {
      ...BLANK_REQUEST,
      method: 'POST',
      url: "http://h/x?it's",
      headers: [header('X-A', "b'c"), { name: 'Off', value: '1', enabled: false }, header('Accept', '*/*')],
      body: bodyOfText(`{"a":"b'c\\n"}`),
      lastEventId: '7',
    };
    expect(parseCurl(toCurl(request))).toMatchObject({
      method: 'POST',
      url: request.url,
      body: request.body,
      headers: [
        header('X-A', "b'c"),
        header('Accept', '*/*'),
        header('Last-Event-ID', '7'),
        header('Content-Type', 'application/json'),
      ],
    });
  });

  it('asks for a stream of events unless the request asks for something else', () => {
    expect(toCurl({ ...BLANK_REQUEST, url: 'http://h/' })).toBe(
      "curl -N \\\n  'http://h/' \\\n  -H 'Accept: text/event-stream'",
    );
    expect(toCurl({ ...BLANK_REQUEST, method: 'DELETE', url: 'h' })).toContain('-X DELETE');
  });

  it.each<[string, Partial<RequestSpec>]>([
    ['a form', { body: body('form', [field('a b', 'c&d='), field('a b', ''), field('', 'x')]) }],
    [
      'parts and a file',
      {
        body: body('multipart', [
          field('a', '@x;y'),
          field('b', '1'),
          { ...field('f', '/a;b "c"'), file: true },
        ]),
      },
    ],
    [
      'a file',
      { body: { ...DEFAULT_BODY, kind: 'file', path: '/tmp/x', contentType: 'application/octet-stream' } },
    ],
    [
      'a user and a password',
      { auth: { ...DEFAULT_AUTH, kind: 'basic', basic: { username: 'u', password: "p:'" } } },
    ],
    ['a token', { auth: { ...DEFAULT_AUTH, kind: 'bearer', bearer: { token: 't' } } }],
  ])('carries %s', (_, change) => {
    const request = { ...BLANK_REQUEST, url: 'http://h/', method: change.body ? 'POST' : 'GET', ...change };
    const read = parseCurl(toCurl(request));
    expect(read?.method).toBe(request.method);
    expect(read?.auth).toEqual(request.auth);
    expect(read && encodeBody(read.body).body).toEqual(encodeBody(request.body).body);
  });

  it('carries cookies, keys and a place for a token that is fetched', () => {
    const key = { ...DEFAULT_AUTH.apiKey, name: 'k e', value: 'a&b' };
    const url = 'http://h/?x=1';
    const keyed = toCurl({
      ...BLANK_REQUEST,
      url,
      auth: { ...DEFAULT_AUTH, kind: 'api-key', apiKey: { ...key, place: 'query' } },
    });
    expect(keyed).toContain("'http://h/?x=1&k%20e=a%26b'");
    expect(toCurl({ ...BLANK_REQUEST, url, headers: [header('cookie', 'a=1')] })).toContain("-b 'a=1'");
    expect(toCurl({ ...BLANK_REQUEST, url, auth: { ...DEFAULT_AUTH, kind: 'oauth2' } })).toContain(
      '"Authorization: Bearer $ACCESS_TOKEN"',
    );
  });
});
