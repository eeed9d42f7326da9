import { expect, test } from 'vitest';
import { parseHead } from '../../../../src/shared/tap/http1-head.ts';
import { passedRequest, turnedRedirect } from '../../../../src/shared/tap/passed-head.ts';
import { accessOf } from '../../../../src/shared/tap/tap-access.ts';
import {
  passedTarget,
  readTarget,
  tappedLocation,
  type TapTarget,
} from '../../../../src/shared/tap/target-url.ts';

const head = (...lines: string[]) => parseHead(['GET / HTTP/1.1', ...lines, '', ''].join('\r\n'));

test.each(['localhost', 'LOCALHOST:8080', '127.0.0.1:1', '127.9.9.9', '[::1]:80', 'app.localhost'])(
  'on the loopback interface the host may be %s',
  (host) => {
    expect(accessOf(head(`Host: ${host}`), '/x', { token: null })).toEqual({ ok: true, target: '/x' });
  },
);

test.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1', '0.0.0.0', ''])(
  'a page whose name leads here by DNS is refused: %s',
  (host) => {
    expect(accessOf(head(`Host: ${host}`), '/x', { token: null })).toMatchObject({ ok: false, status: 403 });
  },
);

test('open to the network, the token is wanted, in the path or as a header, and goes no further', () => {
  const rules = { token: 'secret-token' };
  expect(accessOf(head('Host: x'), '/v1', rules)).toMatchObject({ ok: false, status: 401 });
  expect(accessOf(head('Host: x'), '/~tap-secret-tokem/v1', rules)).toMatchObject({ ok: false });
  expect(accessOf(head('Host: x'), '/~tap-secret-tokenmore', rules)).toMatchObject({ ok: false });
  expect(accessOf(head('Host: x'), '/~tap-secret-token/v1?a', rules)).toEqual({ ok: true, target: '/v1?a' });
  expect(accessOf(head('Host: x'), '/~tap-secret-token', rules)).toEqual({ ok: true, target: '/' });
  expect(accessOf(head('Host: x', 'X-Streamscope-Tap: secret-token'), '/v1', rules)).toMatchObject({
    ok: true,
  });

  const request = head(
    'Host: x',
    'X-Streamscope-Tap: secret-token',
    'Referer: http://x/~tap-secret-token/page',
  );
  const passed = {
    target: target('https://a.example/base'),
    path: '/v1',
    token: 'secret-token',
    forwarder: null,
  };
  expect(passedRequest(request, { ...passed, identity: false })).toBe(
    'GET /base/v1 HTTP/1.1\r\nHost: a.example\r\nReferer: http://x/page\r\n\r\n',
  );
});

function target(text: string): TapTarget {
  const read = readTarget(text);
  if (!read.ok) throw new Error(read.message);
  return read.target;
}

test.each([
  ['api.openai.com', 'https://api.openai.com', ''],
  ['localhost:8080', 'http://localhost:8080', ''],
  ['http://127.0.0.1:1/base/', 'http://127.0.0.1:1', '/base'],
  ['HTTPS://API.Example:443/v1', 'https://api.example', '/v1'],
])('reads the target %s', (text, origin, basePath) => {
  expect(target(text)).toMatchObject({ origin, basePath });
});

test.each(['', 'ftp://x', 'http://', 'https://u:p@x', 'https://x/?a', 'https://x/#a', 'not an address'])(
  'refuses the target %j with a reason',
  (text) => {
    const read = readTarget(text);
    expect(read.ok ? '' : read.message).toMatch(/\w{3}/);
  },
);

test('joins paths as they were asked for', () => {
  const of = target('http://h/base');
  expect(passedTarget(of, '/a/../b?x=%20')).toBe('/base/a/../b?x=%20');
  expect(passedTarget(of, 'http://tap/a')).toBe('/base/a');
  expect(passedTarget(of, '*')).toBe('*');
});

test('turns redirects that lead back to the server, and no others', () => {
  const of = target('https://h/base');
  expect(tappedLocation(of, 'http://t', 'https://h/base/x')).toBe('http://t/x');
  expect(tappedLocation(of, 'http://t', 'https://h/baseball')).toBeNull();
  expect(tappedLocation(of, 'http://t', '/x')).toBeNull();
  const moved = parseHead('HTTP/1.1 302 Found\r\nLOCATION: https://h/base/x\r\n\r\n');
  expect(turnedRedirect(moved, of, 'http://t')).toBe('HTTP/1.1 302 Found\r\nLOCATION: http://t/x\r\n\r\n');
});
