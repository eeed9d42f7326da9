/** A message of an AWS event stream as bytes; the counterpart of aws-message, which says how one is laid out. */
import { PRELUDE_BYTES, SMALLEST_MESSAGE, type AwsHeader } from './aws-message.ts';
import { crc32 } from './crc32.ts';

const STRING_TYPE = 7;

/** Headers become strings, whatever they were. Throws when a name or a value is longer than the format can say. */
export function encodeAwsMessage(headers: readonly AwsHeader[], payload: Uint8Array): Uint8Array {
  const encoder = new TextEncoder();
  const parts = headers.map(({ name, value }) => {
    const nameBytes = encoder.encode(name);
    const valueBytes = encoder.encode(value);
    if (nameBytes.length > 0xff || valueBytes.length > 0xffff)
      throw new Error(`The header "${name.slice(0, 40)}" is too long for an AWS message`);
    const bytes = new Uint8Array(4 + nameBytes.length + valueBytes.length);
    bytes[0] = nameBytes.length;
    bytes.set(nameBytes, 1);
    bytes[1 + nameBytes.length] = STRING_TYPE;
    new DataView(bytes.buffer).setUint16(2 + nameBytes.length, valueBytes.length);
    bytes.set(valueBytes, 4 + nameBytes.length);
    return bytes;
  });
  const headerBytes = parts.reduce((sum, part) => sum + part.length, 0);
  const message = new Uint8Array(SMALLEST_MESSAGE + headerBytes + payload.length);
  const view = new DataView(message.buffer);
  view.setUint32(0, message.length);
  view.setUint32(4, headerBytes);
  view.setUint32(8, crc32(message, 0, 8));
  let at = PRELUDE_BYTES;
  for (const part of parts) {
    message.set(part, at);
    at += part.length;
  }
  message.set(payload, at);
  view.setUint32(message.length - 4, crc32(message, 0, message.length - 4));
  return message;
}
