/** Follows the nesting of one JSON text through its bytes, a byte at a time. It finds the end of a value and judges nothing else. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export interface JsonScan {
  /** Takes the first byte of a value: a bracket, a quote, or anything else as the beginning of a word or number. */
  start(byte: number): void;
  /** Takes further bytes from `at` on, and returns where the value ended (exclusive), or -1 if it goes on behind the bytes. */
  follow(bytes: Uint8Array, at: number): number;
}

/** Whether a value that begins with this byte shows by itself where it ends. */
export function delimitsItself(byte: number): boolean {
  return byte === 0x7b || byte === 0x5b || byte === QUOTE;
}

/** Space, tab, CR and LF: RFC 8259, section 2. */
export function isJsonSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** For values that delimit themselves. A closing bracket of the wrong sort counts as the right one. */
export function createJsonScan(): JsonScan {
  let depth = 0;
  let inString = false;
  let escaped = false;
  return {
    start(byte) {
      inString = byte === QUOTE;
      depth = inString ? 0 : 1;
      escaped = false;
    },
    follow(bytes, from) {
      for (let at = from; at < bytes.length; at += 1) {
        const byte = bytes[at] as number;
        if (inString) {
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) {
            inString = false;
            if (depth === 0) return at + 1;
          }
        } else if (byte === QUOTE) {
          inString = true;
        } else if (byte === 0x7b || byte === 0x5b) {
          depth += 1;
        } else if (byte === 0x7d || byte === 0x5d) {
          depth -= 1;
          if (depth === 0) return at + 1;
        }
      }
      return -1;
    },
  };
}
