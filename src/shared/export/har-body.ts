/** A body inside a JSON document: as text where it is UTF-8, else in base64, piece by piece. */
import { base64OfBytes } from '../base/base64.ts';
import type { ByteText } from '../sse/byte-text.ts';

/** Whether the bytes come back from their text. Frames end at line ends, so no character lies in two of them. */
export function isUtf8Frames(bytes: Uint8Array, byteText: ByteText): boolean {
  if (byteText.isAscii(bytes, 0, bytes.length)) return true;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

export interface Base64Stream {
  take(bytes: Uint8Array): string;
  end(): string;
}

/** Three bytes make four characters: what is left over waits for the next piece. */
export function createBase64Stream(): Base64Stream {
  let rest: Uint8Array = new Uint8Array(0);
  return {
    take(bytes) {
      const all = new Uint8Array(rest.length + bytes.length);
      all.set(rest);
      all.set(bytes, rest.length);
      const whole = all.length - (all.length % 3);
      rest = all.subarray(whole);
      return base64OfBytes(all.subarray(0, whole));
    },
    end: () => base64OfBytes(rest),
  };
}
