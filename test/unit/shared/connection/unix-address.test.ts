import { expect, it } from 'vitest';
import { readUnixAddress, transportTo } from '../../../../src/shared/connection/unix-address.ts';
import { DEFAULT_TRANSPORT } from '../../../../src/shared/connection/transport.ts';

it.each([
  ['unix:/run/app.sock:/events?x=1', '/run/app.sock', 'http://localhost/events?x=1'],
  [' unix:///run/app.sock:/a:b ', '/run/app.sock', 'http://localhost/a:b'],
  ['unix:/run/app.sock', '/run/app.sock', 'http://localhost/'],
  ['unix:/run/app.sock:', '/run/app.sock', 'http://localhost/'],
])('%j is a socket and an address', (text, socketPath, url) => {
  expect(readUnixAddress(text)).toEqual({ socketPath, url });
  expect(transportTo(text, DEFAULT_TRANSPORT)).toEqual({ ...DEFAULT_TRANSPORT, socketPath });
});

it.each(['http://localhost/', 'unix:run/app.sock:/events', 'unix:', 'unix:/run/app.sock:events', ''])(
  '%j is none',
  (text) => {
    expect(readUnixAddress(text)).toBeNull();
    expect(transportTo(text, DEFAULT_TRANSPORT)).toBe(DEFAULT_TRANSPORT);
  },
);
