/** Recorded chat streams, which are not part of the project: an empty list where they are not at hand. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFold } from '../../src/shared/chat/fold.ts';
import { rebuiltCompletion, type RebuiltCompletion } from '../../src/shared/chat/rebuilt.ts';
import { applyStep, chatSteps } from './chat-stream.ts';

const ROOT = join(import.meta.dirname, '../../../shared/fixtures');
const INDEX = join(ROOT, 'llm/INDEX.json');

export interface ChatRecording {
  /** Below the folder of recordings. */
  readonly file: string;
  readonly dialect: string;
}

export function chatRecordings(): readonly ChatRecording[] {
  if (!existsSync(INDEX)) return [];
  const entries = JSON.parse(readFileSync(INDEX, 'utf8')) as ChatRecording[];
  return entries.map(({ file, dialect }) => ({ file: `llm/${file}`, dialect }));
}

/** As wire bytes; recordings that were kept as lines of JSON are framed. */
export function recordedBytes(file: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(readFileSync(join(ROOT, file)));
  if (!file.endsWith('.chunks.txt')) return bytes;
  const lines = new TextDecoder().decode(bytes).split('\n').filter(Boolean);
  return new TextEncoder().encode(lines.map((line) => `data: ${line}\n\n`).join(''));
}

export function rebuiltOf(bytes: Uint8Array): RebuiltCompletion[] {
  const fold = createFold();
  for (const step of chatSteps(bytes)) applyStep(fold, step);
  fold.end();
  return fold.view().map(rebuiltCompletion);
}
