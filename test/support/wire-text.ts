/**
 * Structured values as text, for a bridge that carries only text: typed arrays keep their kind and their bytes. The two functions
 * also run inside a page, so they use nothing from outside themselves.
 */

/** JSON in which a typed array is `{"$array":"Float64Array","$base64":"…"}`. `undefined` becomes null. */
export function toWireText(value: unknown): string {
  const encode = (part: unknown): unknown => {
    if (ArrayBuffer.isView(part)) {
      const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
      let binary = '';
      for (let at = 0; at < bytes.length; at += 8192)
        binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
      return { $array: Object.prototype.toString.call(part).slice(8, -1), $base64: btoa(binary) };
    }
    if (Array.isArray(part)) return part.map(encode);
    if (typeof part === 'object' && part !== null)
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, encode(inner)]));
    return part;
  };
  return JSON.stringify(encode(value) ?? null);
}

/** The value of `toWireText`. */
export function fromWireText(text: string): unknown {
  type Kind = new (buffer: ArrayBuffer) => unknown;
  return JSON.parse(text, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || !('$array' in part) || !('$base64' in part)) return part;
    const bytes = Uint8Array.from(atob(String(part.$base64)), (character) => character.charCodeAt(0));
    const kind = (globalThis as unknown as Record<string, Kind>)[String(part.$array)] as Kind;
    return new kind(bytes.buffer);
  });
}
