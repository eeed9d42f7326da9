/** A hash of 53 bits of a text: two FNV-like lanes of 32 bits, mixed at the end. For equality among trusted and hostile data alike it is a guess, not a proof. */
export function textHash(text: string, seed = 0): number {
  let one = 0xdeadbeef ^ seed;
  let two = 0x41c6ce57 ^ Math.floor(seed / 0x1_0000_0000);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x9e3779b1);
    two = Math.imul(two ^ unit, 0x5f356495);
  }
  one = Math.imul(one ^ (one >>> 16), 0x85ebca6b) ^ Math.imul(two ^ (two >>> 13), 0xc2b2ae35);
  two = Math.imul(two ^ (two >>> 16), 0x85ebca6b) ^ Math.imul(one ^ (one >>> 13), 0xc2b2ae35);
  return (two & 0x1f_ffff) * 0x1_0000_0000 + (one >>> 0);
}
