import { expect, it } from 'vitest';
import { isRedirect, MAX_REDIRECTS, nextHop } from '../../../../src/shared/connection/redirect-rules.ts';
import type { RequestMessage } from '../../../../src/shared/connection/request-message.ts';

const FROM = 'http://a.example/one';

const message = (changes: Partial<RequestMessage> = {}): RequestMessage => ({
  method: 'GET',
  url: FROM,
  headers: [
    ['Host', 'a.example'],
    ['Authorization', 'x'],
    ['Accept', 'text/event-stream'],
    ['Content-Type', 'text/plain'],
    ['Content-Length', '1'],
  ],
  body: '',
  ...changes,
});

const follow = (location: string, changes: Partial<RequestMessage> = {}, status = 302, visited = [FROM]) =>
  nextHop(message(changes), status, [['LOCATION', location]], visited);

it('knows the five statuses', () => {
  expect([300, 301, 302, 303, 304, 305, 306, 307, 308].filter(isRedirect)).toEqual([301, 302, 303, 307, 308]);
});

it.each([
  ['/two', 'http://a.example/two'],
  ['two?x#y', 'http://a.example/two?x'],
  ['//b.example/', 'http://b.example/'],
  ['https://b.example:8443/z', 'https://b.example:8443/z'],
  ['/ä', 'http://a.example/%C3%A4'],
])('resolves %s', (location, url) => {
  expect(follow(location).message?.url).toBe(url);
});

it.each([
  ['POST', 301, 'GET'],
  ['POST', 302, 'GET'],
  ['POST', 303, 'GET'],
  ['POST', 307, 'POST'],
  ['POST', 308, 'POST'],
  ['PUT', 301, 'PUT'],
  ['PUT', 302, 'PUT'],
  ['PUT', 303, 'GET'],
  ['HEAD', 303, 'HEAD'],
  ['GET', 303, 'GET'],
])('%s after %i goes on as %s', (method, status, next) => {
  const hop = follow('/two', { method, body: 'x' }, status);
  expect(hop.message?.method).toBe(next);
  const dropped = method !== next;
  expect(hop.message?.body).toBe(dropped ? '' : 'x');
  expect(hop.message?.headers.some(([name]) => name.startsWith('Content-'))).toBe(!dropped);
});

it('leaves what is meant for one origin behind, and names the new host', () => {
  const hop = follow('http://a.example:81/two');
  expect(hop.message?.headers.map((pair) => pair.join(': '))).toEqual([
    'Host: a.example:81',
    'Accept: text/event-stream',
    'Content-Type: text/plain',
    'Content-Length: 1',
  ]);
  expect(follow('/two').message?.headers).toEqual(message().headers);
});

it('takes another scheme on the same host for another origin', () => {
  expect(follow('https://a.example/one').message?.headers.some(([name]) => name === 'Authorization')).toBe(
    false,
  );
});

it('comes back to an address only with another method', () => {
  expect(follow('/one').failure?.message).toContain('round in a circle');
  expect(follow('/one', { method: 'POST' }, 303).message?.method).toBe('GET');
});

it('counts', () => {
  const visited = Array.from({ length: MAX_REDIRECTS + 1 }, (_, at) => `http://a.example/${at}`);
  expect(follow('/two', {}, 302, visited.slice(1)).failure).toBeNull();
  expect(follow('/two', {}, 302, visited).failure?.code).toBe('redirect');
});
