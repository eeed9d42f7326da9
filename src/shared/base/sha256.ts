/** SHA-256 (FIPS 180-4) of bytes, where no runtime's own can be asked. For short texts. */
import { base64OfBytes } from './base64.ts';

const K =
  /* the first 32 bits of the fractional parts of the cube roots of the first 64 primes */ firstPrimes(
    64,
  ).map((prime) => fraction(Math.cbrt(prime)));
const H = firstPrimes(8).map((prime) => fraction(Math.sqrt(prime)));

export function sha256(bytes: Uint8Array): Uint8Array {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const padded = new Uint8Array(length);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - 8, Math.floor((bytes.length * 8) / 2 ** 32));
  view.setUint32(length - 4, (bytes.length * 8) >>> 0);
  const hash = Uint32Array.from(H);
  const words = new Uint32Array(64);
  for (let at = 0; at < length; at += 64) block(hash, words, view, at);
  const digest = new Uint8Array(32);
  const out = new DataView(digest.buffer);
  hash.forEach((word, index) => out.setUint32(index * 4, word));
  return digest;
}

/** As a content security policy names it. */
export function sha256Source(text: string): string {
  return `'sha256-${base64OfBytes(sha256(new TextEncoder().encode(text)))}'`;
}

function block(hash: Uint32Array, words: Uint32Array, view: DataView, at: number): void {
  const w = (index: number): number => words[index] as number;
  for (let i = 0; i < 16; i += 1) words[i] = view.getUint32(at + i * 4);
  for (let i = 16; i < 64; i += 1) {
    const one = w(i - 15);
    const two = w(i - 2);
    const s0 = rotated(one, 7) ^ rotated(one, 18) ^ (one >>> 3);
    const s1 = rotated(two, 17) ^ rotated(two, 19) ^ (two >>> 10);
    words[i] = w(i - 16) + s0 + w(i - 7) + s1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let i = 0; i < 64; i += 1) {
    const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const one = (h + s1 + ((e & f) ^ (~e & g)) + (K[i] as number) + w(i)) >>> 0;
    const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) >>> 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) >>> 0, c, b, a, (one + two) >>> 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => (hash[index] = (hash[index] as number) + word));
}

function rotated(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function fraction(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32);
}

function firstPrimes(count: number): readonly number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1)
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  return primes;
}
