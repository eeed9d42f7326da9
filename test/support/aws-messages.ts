/** Messages of AWS event streams, encoded for tests as the format says. */
import { crc32 } from '../../src/shared/sse/crc32.ts';

export function awsMessage(
  headers: Readonly<Record<string, string>>,
  payload: string | Uint8Array,
): Uint8Array {
  const encoder = new TextEncoder();
  const body = typeof payload === 'string' ? encoder.encode(payload) : payload;
  const fields = Object.entries(headers).map(([name, value]) => {
    const nameBytes = encoder.encode(name);
    const valueBytes = encoder.encode(value);
    const size = [valueBytes.length >> 8, valueBytes.length & 255];
    return [nameBytes.length, ...nameBytes, 7, ...size, ...valueBytes];
  });
  return awsEnvelope(Uint8Array.from(fields.flat()), body);
}

/** A message around headers that are encoded already. */
export function awsEnvelope(headers: Uint8Array, payload: Uint8Array): Uint8Array {
  const total = 16 + headers.length + payload.length;
  const message = new Uint8Array(total);
  const view = new DataView(message.buffer);
  view.setUint32(0, total);
  view.setUint32(4, headers.length);
  view.setUint32(8, crc32(message, 0, 8));
  message.set(headers, 12);
  message.set(payload, 12 + headers.length);
  view.setUint32(total - 4, crc32(message, 0, total - 4));
  return message;
}

/** A message that carries an event of this type. */
export function awsEvent(type: string, payload: unknown): Uint8Array {
  return awsMessage(
    { ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' },
    JSON.stringify(payload),
  );
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
