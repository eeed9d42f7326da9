/** Bytes that an argument names: a file, or standard input for "-". */
import { readFile } from 'node:fs/promises';
import type { CommandIo } from './command.ts';
import type { ReadBody } from './request-arguments.ts';

export function bodyReader({ input }: Pick<CommandIo, 'input'>): ReadBody {
  return (path) => (path === '-' ? readAll(input) : readFile(path));
}

async function readAll(input: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of input) parts.push(part);
  return Buffer.concat(parts);
}
