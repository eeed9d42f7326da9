/**
 * Turning bytes into text at the speed of the host. The host has faster ways than TextDecoder (Node's Buffer), so the
 * core asks for them through this port.
 */
export interface ByteText {
  /** Whether all bytes of the range are below 0x80. */
  isAscii(bytes: Uint8Array, start: number, end: number): boolean;
  /** One character a byte, U+0000 to U+00FF. */
  latin1(bytes: Uint8Array, start: number, end: number): string;
  /** UTF-8 with U+FFFD for what is invalid; a BOM is kept as U+FEFF. */
  utf8(bytes: Uint8Array, start: number, end: number): string;
}

/** The port by TextDecoder alone: runs everywhere. */
export function createPortableByteText(): ByteText {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    isAscii(bytes, start, end) {
      for (let at = start; at < end; at += 1) if ((bytes[at] as number) > 0x7f) return false;
      return true;
    },
    latin1(bytes, start, end) {
      let text = '';
      for (let at = start; at < end; at += 8192) {
        text += String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 8192)));
      }
      return text;
    },
    utf8: (bytes, start, end) => decoder.decode(bytes.subarray(start, end)),
  };
}

/**
 * The same text, owning its characters. A slice keeps the whole text that it was cut from alive: a type name of ten letters
 * would hold a read of 64 KiB. A slice of a new text holds only that.
 */
export function detached(text: string): string {
  return ` ${text}`.slice(1);
}
