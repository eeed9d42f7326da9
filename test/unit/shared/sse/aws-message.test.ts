import { expect, it } from 'vitest';
import { headerOf, isIntact, messageLength, readMessage } from '../../../../src/shared/sse/aws-message.ts';
import { createPortableByteText } from '../../../../src/shared/sse/byte-text.ts';
import { crc32 } from '../../../../src/shared/sse/crc32.ts';
import { awsEnvelope, awsEvent } from '../../../support/aws-messages.ts';
import { bytesOf } from './read-bodies.ts';

const byteText = createPortableByteText();

it('the checksum is the one that everybody knows', () => {
  expect(crc32(bytesOf('123456789'), 0, 9)).toBe(0xcbf43926);
});

it('reads lengths, headers and the payload of a message anywhere in its bytes', () => {
  const message = awsEvent('chunk', { a: 1 });
  const bytes = new Uint8Array(message.length + 5);
  bytes.set(message, 5);
  expect(messageLength(bytes, 5)).toBe(message.length);
  const read = readMessage(bytes, 5, bytes.length, byteText);
  expect(headerOf(read, ':event-type')).toBe('chunk');
  expect(headerOf(read, ':nothing')).toBeNull();
  expect(byteText.utf8(bytes, read.payloadStart, read.payloadEnd)).toBe('{"a":1}');
  expect(isIntact(message)).toBe(true);
});

it('reads header values of every type', () => {
  const name = (text: string) => [text.length, ...bytesOf(text)];
  const headers = [
    [...name('a'), 0],
    [...name('b'), 1],
    [...name('c'), 2, 0xff],
    [...name('d'), 3, 1, 0],
    [...name('e'), 4, 0, 0, 1, 0],
    [...name('f'), 5, 0, 0, 0, 0, 0, 0, 1, 0],
    [...name('g'), 6, 0, 2, 0xca, 0xfe],
    [...name('h'), 7, 0, 2, 0x68, 0x69],
    [...name('i'), 8, 0, 0, 0, 0, 0, 0, 3, 0xe8],
    [...name('j'), 9, ...Array.from({ length: 16 }, (_, at) => at)],
  ];
  const message = awsEnvelope(Uint8Array.from(headers.flat()), new Uint8Array(0));
  expect(readMessage(message, 0, message.length, byteText).headers.map(({ value }) => value)).toEqual([
    'true',
    'false',
    '-1',
    '256',
    '256',
    '256',
    'cafe',
    'hi',
    '1970-01-01T00:00:01.000Z',
    '000102030405060708090a0b0c0d0e0f',
  ]);
});

it('a prelude that does not fit its checksum tells no length, and a changed message is not intact', () => {
  const message = awsEvent('chunk', { a: 1 });
  const last = message.slice();
  last[20] = (last[20] as number) ^ 1;
  expect(isIntact(last)).toBe(false);
  expect(messageLength(last, 0)).toBe(message.length);
  last[3] = (last[3] as number) ^ 1;
  expect(messageLength(last, 0)).toBe(-1);
});

it('headers that are cut off or of an unknown type end the list', () => {
  const unknown = awsEnvelope(Uint8Array.from([1, 97, 0, 1, 98, 200, 1, 1]), bytesOf('x'));
  expect(readMessage(unknown, 0, unknown.length, byteText).headers).toEqual([{ name: 'a', value: 'true' }]);
  const message = awsEvent('chunk', {});
  for (let end = 0; end < message.length; end += 1) {
    const read = readMessage(message, 0, end, byteText);
    expect(read.payloadEnd).toBeLessThanOrEqual(end);
  }
});
