/** Made-up keys in the formats of those who issue them, put together here so that no scanner takes them for real ones. */
import fc from 'fast-check';

const of = (length: number, text = 'aB3xZ9qLmN0pRs7TuVw2Yc5'): string =>
  text.repeat(Math.ceil(length / text.length)).slice(0, length);

export const KEYS = {
  openai: `sk-proj-${of(40)}`,
  anthropic: `sk-ant-api03-${of(32)}_x`,
  google: `AIza${of(35)}`,
  github: `ghp_${of(36)}`,
  githubFine: `github_pat_${of(40)}`,
  aws: `AKIA${of(16, 'ABCDEFGH23456789')}`,
  slack: `xoxb-${of(12, '1234567890')}-${of(20)}`,
  huggingFace: `hf_${of(34)}`,
  jwt: `eyJ${of(20)}.eyJ${of(30)}.${of(43)}`,
} as const;

const alphanumeric = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
const run = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: alphanumeric, minLength: length, maxLength: length });

/** A key of any of the formats. */
export const plantedKey: fc.Arbitrary<string> = fc.oneof(
  run(40).map((text) => `sk-${text}`),
  run(35).map((text) => `AIza${text}`),
  run(36).map((text) => `ghp_${text}`),
  fc
    .string({
      unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'),
      minLength: 16,
      maxLength: 16,
    })
    .map((text) => `AKIA${text}`),
  fc.tuple(run(20), run(30), run(43)).map(([head, body, signature]) => `eyJ${head}.eyJ${body}.${signature}`),
);
