import { expect, it } from 'vitest';
import { createJsonScan, delimitsItself } from '../../../../src/shared/sse/json-scan.ts';
import { bytesOf } from './read-bodies.ts';

it.each([
  ['{"a":[1,{}]} rest', 12],
  ['"a\\"b" rest', 6],
  ['["]",[]]', 8],
  ['{"open": [', -1],
  ['"open\\"', -1],
])('the end of %s is at %d, however it is read', (text, end) => {
  const bytes = bytesOf(text);
  const scan = createJsonScan();
  expect(delimitsItself(bytes[0] as number)).toBe(true);
  scan.start(bytes[0] as number);
  expect(scan.follow(bytes, 1)).toBe(end);
  scan.start(bytes[0] as number);
  let found = -1;
  for (let at = 1; at < bytes.length && found === -1; at += 1) {
    if (scan.follow(bytes.subarray(at, at + 1), 0) !== -1) found = at + 1;
  }
  expect(found).toBe(end);
});
