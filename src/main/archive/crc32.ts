/** CRC-32 as zip files have it (IEEE 802.3). Node's own where there is one: it came after the oldest runtime that is supported. */
import * as zlib from 'node:zlib';

type Crc32 = (bytes: Uint8Array, before: number) => number;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

export function crc32InScript(bytes: Uint8Array, before: number): number {
  let sum = ~before;
  for (const byte of bytes) sum = (TABLE[(sum ^ byte) & 0xff] as number) ^ (sum >>> 8);
  return ~sum >>> 0;
}

/** The sum of `bytes` that follow those whose sum is `before`; 0 for the first. */
export const crc32: Crc32 = (zlib as { readonly crc32?: Crc32 }).crc32 ?? crc32InScript;
