import { expect, it } from 'vitest';
import { handedUrl, launchUrl } from '../../../src/main/launch-url.ts';

it.each([
  [
    ['/opt/streamscope', '--no-sandbox', 'http://127.0.0.1:8080/events', 'http://other/'],
    'http://127.0.0.1:8080/events',
  ],
  [['HTTPS://Example.com/a b'], 'https://example.com/a%20b'],
  [['http://', 'https://second.example/'], 'https://second.example/'],
  [['.', '--user-data-dir=/x', 'file:///etc/passwd', 'javascript:alert(1)', 'example.com'], null],
  [[], null],
])('the address in %j is %s', (args, url) => {
  expect(launchUrl(args)).toBe(url);
});

it.each([
  [{ openUrl: 'http://127.0.0.1:1/a' }, 'http://127.0.0.1:1/a'],
  [{ openUrl: 'file:///etc/passwd' }, null],
  [{ openUrl: null }, null],
  [{ openUrl: 7 }, null],
  [{}, null],
  [null, null],
  ['http://127.0.0.1:1/a', null],
])('a handover of %j opens %s', (data, url) => {
  expect(handedUrl(data)).toBe(url);
});
