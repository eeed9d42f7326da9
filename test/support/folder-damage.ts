/**
 * Damage to the files of a session folder, at random and the same for the same seed: what crashes, full disks, bad memory and
 * people with editors do. A damage is a value that says what it does, so that a failure can be told and made smaller.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const SESSION_FILES = [
  'wire.bin',
  'reads.bin',
  'frames.idx',
  'journal.ndjson',
  'manifest.json',
] as const;
export type SessionFile = (typeof SESSION_FILES)[number];

/** `at` and `length` are shares of the file's size, from 0 to 1, so that they mean something whatever came before. */
export type Damage =
  | { readonly how: 'cut'; readonly file: SessionFile; readonly at: number }
  | { readonly how: 'flip'; readonly file: SessionFile; readonly at: number; readonly bit: number }
  | { readonly how: 'zeros'; readonly file: SessionFile; readonly at: number; readonly length: number }
  | { readonly how: 'noise'; readonly file: SessionFile; readonly at: number; readonly length: number }
  | { readonly how: 'take-out'; readonly file: SessionFile; readonly at: number; readonly length: number }
  | { readonly how: 'append'; readonly file: SessionFile; readonly length: number }
  | { readonly how: 'remove'; readonly file: SessionFile }
  | { readonly how: 'swap'; readonly file: SessionFile; readonly other: SessionFile }
  /** The same file of another session. */
  | { readonly how: 'foreign'; readonly file: SessionFile }
  | { readonly how: 'value'; readonly file: SessionFile; readonly at: number; readonly value: string }
  | { readonly how: 'line'; readonly file: SessionFile; readonly at: number; readonly text: string };

type Random = () => number;

const VALUES = [
  '1e308',
  '-1',
  '9007199254740993',
  '4294967296',
  '0.5',
  'null',
  'true',
  '""',
  '"x"',
  '[]',
  '{}',
  '[[[]]]',
  '"\\ud800"',
];
const LINES = [
  '{',
  'null',
  '[]',
  '{"type":0,"name":"twice"}',
  '{"type":99999,"name":"far"}',
  '{"seq":0,"atMs":0,"wire":0,"entry":{"kind":"response-head"}}',
  '{"seq":1e300,"atMs":-5,"wire":1e300,"entry":{"kind":"attempt-end","attempt":-1}}',
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
];

export function randomDamage(random: Random): Damage {
  const file = one(SESSION_FILES, random);
  const [at, length] = [random(), random() ** 3];
  const text = file === 'journal.ndjson' || file === 'manifest.json';
  switch (one(text ? WAYS_OF_TEXT : WAYS, random)) {
    case 'cut':
      return { how: 'cut', file, at };
    case 'flip':
      return { how: 'flip', file, at, bit: Math.floor(random() * 8) };
    case 'zeros':
      return { how: 'zeros', file, at, length };
    case 'noise':
      return { how: 'noise', file, at, length };
    case 'take-out':
      return { how: 'take-out', file, at, length };
    case 'append':
      return { how: 'append', file, length };
    case 'remove':
      return { how: 'remove', file };
    case 'swap':
      return { how: 'swap', file, other: one(SESSION_FILES, random) };
    case 'foreign':
      return { how: 'foreign', file };
    case 'value':
      return { how: 'value', file, at, value: one(VALUES, random) };
    case 'line':
      return { how: 'line', file, at, text: one(LINES, random) };
  }
}

const WAYS = [
  'cut',
  'flip',
  'flip',
  'zeros',
  'noise',
  'take-out',
  'append',
  'remove',
  'swap',
  'foreign',
] as const;
const WAYS_OF_TEXT = [...WAYS, 'value', 'value', 'value', 'line', 'line'] as const;

/** Does it to a folder; `other` is the folder of another session. A file that is gone by then cannot be damaged. */
export async function applyDamage(folder: string, damage: Damage, other: string): Promise<void> {
  const path = join(folder, damage.file);
  if (damage.how === 'remove') return rm(path, { force: true });
  if (damage.how === 'foreign') return writeFile(path, await readFile(join(other, damage.file)));
  const bytes = await contentOf(path);
  if (!bytes) return;
  if (damage.how === 'swap') {
    const otherPath = join(folder, damage.other);
    const exchanged = await contentOf(otherPath);
    if (!exchanged) return;
    await writeFile(path, exchanged);
    return writeFile(otherPath, bytes);
  }
  await writeFile(path, damaged(bytes, damage));
}

function damaged(bytes: Buffer, damage: Exclude<Damage, { how: 'remove' | 'foreign' | 'swap' }>): Buffer {
  const at = 'at' in damage ? Math.floor(damage.at * bytes.length) : bytes.length;
  switch (damage.how) {
    case 'cut':
      return bytes.subarray(0, at);
    case 'flip':
      if (bytes.length > 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << damage.bit);
      return bytes;
    case 'zeros':
      return bytes.fill(0, at, Math.min(bytes.length, at + spanOf(bytes, damage.length)));
    case 'noise':
      return Buffer.concat([
        bytes.subarray(0, at),
        noise(at, spanOf(bytes, damage.length)),
        bytes.subarray(at + spanOf(bytes, damage.length)),
      ]);
    case 'take-out':
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + spanOf(bytes, damage.length))]);
    case 'append':
      return Buffer.concat([bytes, noise(bytes.length, spanOf(bytes, damage.length))]);
    case 'value':
      return Buffer.from(withValue(bytes.toString('latin1'), damage.at, damage.value), 'latin1');
    case 'line': {
      const lineStart = bytes.lastIndexOf(0x0a, at) + 1;
      const line = Buffer.from(`${damage.text}\n`);
      return Buffer.concat([bytes.subarray(0, lineStart), line, bytes.subarray(lineStart)]);
    }
  }
}

/** Replaces one JSON value by another. */
function withValue(text: string, at: number, value: string): string {
  const found = [...text.matchAll(/(?<=": ?)(?:"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|null|true|false)/g)];
  const match = found[Math.floor(at * found.length)];
  return match ? text.slice(0, match.index) + value + text.slice(match.index + match[0].length) : text;
}

const spanOf = (bytes: Buffer, share: number): number => Math.max(1, Math.ceil(share * bytes.length));

/** The same noise for the same place. */
function noise(at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = (at * 2654435761 + length) >>> 0;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

async function contentOf(path: string): Promise<Buffer | null> {
  return readFile(path).catch(() => null);
}

function one<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)] as T;
}
