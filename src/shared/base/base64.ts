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

/** The bytes of a base64 text; null when it is none. White space and missing padding are passed over. */
export function bytesOfBase64(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let held = 0;
  for (const character of text) {
    if (character === '=' || character.trim() === '') continue;
    const value = ALPHABET.indexOf(character);
    if (value === -1) return null;
    held = ((held << 6) | value) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length] = (held >> bits) & 0xff;
    length += 1;
  }
  return bytes.subarray(0, length);
}
