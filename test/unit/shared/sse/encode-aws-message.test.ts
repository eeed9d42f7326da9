import { describe, expect, it } from 'vitest';
import { headerOf, isIntact, messageLength, readMessage } from '../../../../src/shared/sse/aws-message.ts';
import { createPortableByteText } from '../../../../src/shared/sse/byte-text.ts';
import { encodeAwsMessage } from '../../../../src/shared/sse/encode-aws-message.ts';
import { awsEvent } from '../../../support/aws-messages.ts';

describe('an AWS message', () => {
  it('is written as it is read', () => {
    const payload = new TextEncoder().encode('{"ä":1}');
    const message = encodeAwsMessage([{ name: ':event-type', value: 'chünk' }], payload);
    expect(messageLength(message, 0)).toBe(message.length);
    expect(isIntact(message)).toBe(true);
    const read = readMessage(message, 0, message.length, createPortableByteText());
    expect(headerOf(read, ':event-type')).toBe('chünk');
    expect(Buffer.from(message.subarray(read.payloadStart, read.payloadEnd))).toEqual(Buffer.from(payload));
  });

  it('is byte for byte what other writers make', () => {
    const headers = [
      { name: ':event-type', value: 'chunk' },
      { name: ':content-type', value: 'application/json' },
      { name: ':message-type', value: 'event' },
    ];
    const ours = encodeAwsMessage(headers, new TextEncoder().encode('{"a":1}'));
    expect(Buffer.from(ours)).toEqual(Buffer.from(awsEvent('chunk', { a: 1 })));
  });

  it('refuses what its lengths cannot say', () => {
    expect(() => encodeAwsMessage([{ name: 'x'.repeat(256), value: '' }], new Uint8Array())).toThrow(
      /too long/,
    );
    expect(() => encodeAwsMessage([{ name: 'x', value: 'y'.repeat(70_000) }], new Uint8Array())).toThrow(
      /too long/,
    );
  });
});
