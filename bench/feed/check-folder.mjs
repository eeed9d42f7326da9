/**
 * Whether a recorded session is what the server sent: its bytes, one after the other, and a record for each event at its place.
 * Reads the files as docs/formats.md describes them and nothing else, so it does not trust the code that wrote them.
 */
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';

const RECORD_BYTES = 32;
const EVENT_KIND = 0;
const RECORDS_AT_ONCE = 32_768;

/** @throws Error that says what is missing or wrong */
export async function checkFolder(folder, { content, bytes, events }) {
  await checkWire(join(folder, 'wire.bin'), content.block, bytes);
  await checkIndex(join(folder, 'frames.idx'), content, events);
}

/** Whether what a recording kept of a stream is its beginning, without a gap. */
export async function checkBeginning(folder, { content }) {
  const { size } = await stat(join(folder, 'wire.bin'));
  await checkWire(join(folder, 'wire.bin'), content.block, size);
}

async function checkWire(path, block, bytes) {
  await withFile(path, async (file) => {
    const { size } = await file.stat();
    if (size !== bytes) throw new Error(`${size} bytes were stored of ${bytes}`);
    const read = Buffer.alloc(block.length);
    for (let at = 0; at < bytes; at += block.length) {
      const length = Math.min(block.length, bytes - at);
      await file.read(read, 0, length, at);
      if (read.compare(block, 0, length, 0, length) !== 0)
        throw new Error(`The bytes differ after byte ${at}`);
    }
  });
}

async function checkIndex(path, { block, ends }, events) {
  await withFile(path, async (file) => {
    const read = Buffer.alloc(RECORDS_AT_ONCE * RECORD_BYTES);
    let seen = 0;
    for (let at = 0; ; at += read.length) {
      const { bytesRead } = await file.read(read, 0, read.length, at);
      for (let record = 0; record < bytesRead; record += RECORD_BYTES) {
        if (read[record + 24] !== EVENT_KIND) continue;
        const inBlock = seen % ends.length;
        const begin = inBlock === 0 ? 0 : ends[inBlock - 1];
        const offset = Math.floor(seen / ends.length) * block.length + begin;
        const length = ends[inBlock] - begin;
        if (read.readDoubleLE(record) !== offset || read.readUInt32LE(record + 16) !== length) {
          throw new Error(`Event ${seen} is not at its place`);
        }
        seen += 1;
      }
      if (bytesRead < read.length) break;
    }
    if (seen !== events) throw new Error(`${seen} events were indexed of ${events}`);
  });
}

async function withFile(path, work) {
  const file = await open(path);
  try {
    await work(file);
  } finally {
    await file.close();
  }
}
