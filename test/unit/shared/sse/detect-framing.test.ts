import { expect, it } from 'vitest';
import { framingOfName, framingOfStart } from '../../../../src/shared/sse/detect-framing.ts';
import { awsEvent } from '../../../support/aws-messages.ts';
import { bytesOf } from './read-bodies.ts';

it.each([
  ['data: x\n\n', 'sse'],
  [': hello\n', 'sse'],
  ['{"a":1}\n', 'ndjson'],
  ['\n\n {"a":1}', 'ndjson'],
  ['\uFEFF{"a":1}', 'ndjson'],
  ['{\r\n  "a": 1\n}', 'json-array'],
  ['  [{"a":1}', 'json-array'],
  ['\x1e{"a":1}\n', 'json-seq'],
  ['\0\0\0\0 this is no message', 'sse'],
])('%j is read as %s', (text, framing) => {
  expect(framingOfStart(bytesOf(text))).toBe(framing);
});

it('a message of AWS is known by its checksum, when enough of it is there', () => {
  const message = awsEvent('chunk', {});
  expect(framingOfStart(message.subarray(0, 11))).toBeNull();
  expect(framingOfStart(message.subarray(0, 12))).toBe('aws-event-stream');
});

it.each(['', '  \n', '{', '\uFEFF'])('%j does not say', (text) => {
  expect(framingOfStart(bytesOf(text))).toBeNull();
});

it.each([
  ['a.sse', 'sse'],
  ['b/c.NDJSON', 'ndjson'],
  ['c.jsonl', 'ndjson'],
  ['d.eventstream', 'aws-event-stream'],
  ['e.txt', null],
  ['f', null],
])('the name %s says %s', (name, framing) => {
  expect(framingOfName(name)).toBe(framing);
});
