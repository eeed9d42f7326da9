/** Base64 of a text's UTF-8 bytes (RFC 4648, section 4), for credentials in a header. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let encoded = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const triple = (a << 16) | (b << 8) | c;
    for (let digit = 0; digit < 4; digit += 1) {
      const missing = digit > bytes.length - at;
      encoded += missing ? '=' : (ALPHABET[(triple >> (18 - 6 * digit)) & 63] as string);
    }
  }
  return encoded;
}
