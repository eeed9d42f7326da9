import { describe, expect, it } from 'vitest';
import { BLANK_REQUEST } from '../../../../src/shared/connection/blank-request.ts';
import { parseCurl, toCurl } from '../../../../src/renderer/state/endpoints-curl.ts';

const header = (name: string, value: string) => ({ name, value, enabled: true });

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
      headers: [header('Authorization', 'Bearer a"b'), header('Content-Type', 'application/json')],
      body: '{"stream": true,\n  "text": "it\'s"}',
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

  it('says the content type that curl would say', () => {
    expect(parseCurl('curl h -d a=1 --data-raw @b')).toMatchObject({
      method: 'POST',
      body: 'a=1&@b',
      headers: [header('Content-Type', 'application/x-www-form-urlencoded')],
    });
    expect(parseCurl(`curl h --json '{}'`)?.headers).toEqual([header('Content-Type', 'application/json')]);
  });

  it('turns options that are headers into headers', () => {
    expect(parseCurl(`curl h -A me -e http://r -b a=1 -u 'käthe:x'`)?.headers).toEqual([
      header('User-Agent', 'me'),
      header('Referer', 'http://r'),
      header('Cookie', 'a=1'),
      header('Authorization', 'Basic a8OkdGhlOng='),
    ]);
  });

  it('understands the quoting of developer tools', () => {
    expect(parseCurl(`curl 'h' --data-raw $'a\\u0021\\n\\x41\\'b'`)?.body).toBe("a!\nA'b");
  });

  it('says what it could not take over', () => {
    expect(parseCurl('curl h -d @body.json')?.notes).toEqual([
      'The body stands in the file body.json: paste it into Body.',
    ]);
    expect(parseCurl('curl h -F a=@b')?.notes).toHaveLength(1);
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
      body: `{"a":"b'c\\n"}`,
      lastEventId: '7',
    };
    expect(parseCurl(toCurl(request))).toMatchObject({
      method: 'POST',
      url: request.url,
      body: request.body,
      headers: [
        header('X-A', "b'c"),
        header('Accept', '*/*'),
        header('Content-Type', 'application/json'),
        header('Last-Event-ID', '7'),
      ],
    });
  });

  it('asks for a stream of events unless the request asks for something else', () => {
    expect(toCurl({ ...BLANK_REQUEST, url: 'http://h/' })).toBe(
      "curl -N \\\n  'http://h/' \\\n  -H 'Accept: text/event-stream'",
    );
    expect(toCurl({ ...BLANK_REQUEST, method: 'DELETE', url: 'h' })).toContain('-X DELETE');
  });
});
