/** Where bytes are not UTF-8. A decoder says only that something was wrong. */

export interface ByteRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** Runs of bytes in `from` to `to` that belong to no character of UTF-8 (Unicode 15, table 3-7), at most `limit` of them. */
export function utf8Faults(bytes: Uint8Array, from: number, to: number, limit: number): ByteRange[] {
  const faults: ByteRange[] = [];
  let faultStart = -1;
  let at = from;
  while (at < to) {
    const length = characterLength(bytes, at, to);
    if (length === 0) {
      if (faultStart === -1) faultStart = at;
      at += 1;
      continue;
    }
    if (faultStart !== -1) {
      faults.push({ start: faultStart, end: at });
      if (faults.length === limit) return faults;
      faultStart = -1;
    }
    at += length;
  }
  if (faultStart !== -1) faults.push({ start: faultStart, end: to });
  return faults;
}

/** Bytes of the character at `at`; 0 when there is none. */
function characterLength(bytes: Uint8Array, at: number, to: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return 1;
  const length = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (length === 0 || at + length > to) return 0;
  const second = bytes[at + 1] as number;
  // Overlong forms, surrogates, and what lies beyond U+10FFFF narrow the second byte.
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let next = at + 2; next < at + length; next += 1) {
    if (((bytes[next] as number) & 0xc0) !== 0x80) return 0;
  }
  return length;
}
