/** Base64 of bytes (RFC 4648, section 4), with padding. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64OfBytes(bytes: Uint8Array): string {
  let encoded = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const triple = (byte(bytes, at) << 16) | (byte(bytes, at + 1) << 8) | byte(bytes, at + 2);
    encoded += digit(triple >> 18) + digit(triple >> 12);
    encoded += (left > 1 ? digit(triple >> 6) : '=') + (left > 2 ? digit(triple) : '=');
  }
  return encoded;
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function digit(value: number): string {
  return ALPHABET.charAt(value & 63);
}
