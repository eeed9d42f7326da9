/** The disk fails here by a handle that pretends to; test/integration/capture/full-disk.test.ts has a real full disk. */
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAppendFile } from '../../../../src/main/capture/append-file.ts';
import { seededRandom } from '../../../support/seeded-random.ts';
import { temporaryFolder } from '../../../support/session-folder.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;
let handle: FileHandle;
beforeEach(async () => {
  place = await temporaryFolder({ inMemory: true });
  path = join(place.path, 'file');
  handle = await open(path, 'w+');
});
afterEach(async () => {
  await handle.close();
  await place.remove();
});

/** A handle whose writes are short, and fail while `failing` says so. */
function troubled(state: { failing: boolean }): FileHandle {
  const target = Object.create(handle) as FileHandle;
  const write = async (bytes: Uint8Array, offset: number, length: number, position: number) => {
    if (state.failing) throw Object.assign(new Error('i/o error'), { code: 'EIO' });
    return handle.write(bytes, offset, Math.min(length, 7), position);
  };
  Object.defineProperty(target, 'write', { value: write });
  Object.defineProperty(target, 'read', { value: handle.read.bind(handle) });
  return target;
}

async function write(file: ReturnType<typeof createAppendFile>): Promise<void> {
  file.take();
  await file.writeTaken();
}

describe('a file that grows', () => {
  it.each([1, 2, 3, 4])('equals a plain buffer, whatever is written when (seed %i)', async (seed) => {
    const random = seededRandom(seed);
    const file = createAppendFile(handle, 0);
    let model = Buffer.alloc(0);
    let writing = Promise.resolve();
    for (let step = 0; step < 600; step += 1) {
      const dice = random();
      if (dice < 0.4) {
        const bytes = Buffer.alloc(Math.floor(random() * 3000), Math.floor(random() * 256));
        file.append(bytes);
        model = Buffer.concat([model, bytes]);
        bytes.fill(0);
      } else if (dice < 0.5) {
        file.view.setUint32(file.reserve(4), step);
        model = Buffer.concat([model, Buffer.from([0, 0, step >> 8, step & 255])]);
      } else if (dice < 0.6 && model.length > 8) {
        const at = Math.floor(random() * (model.length - 4));
        const bytes = Buffer.from([step & 255, 1, 2, 3]);
        file.overwrite(at, bytes);
        bytes.copy(model, at);
      } else if (dice < 0.75) {
        // Not awaited: what is appended meanwhile must not get into the write.
        writing = writing.then(() => write(file));
      } else if (dice < 0.8) {
        await writing;
      } else {
        const from = Math.floor(random() * (model.length + 10));
        const to = from + Math.floor(random() * 5000);
        const expected = Buffer.from(model.subarray(from, to));
        expect((await file.read(from, to)).equals(expected)).toBe(true);
      }
      expect(file.size).toBe(model.length);
    }
    await writing;
    await write(file);
    await write(file);
    expect(file.pendingBytes).toBe(0);
    expect((await readFile(path)).equals(model)).toBe(true);
  });

  it('goes on behind the part of the file that counts', async () => {
    await handle.write('keep me, not me');
    const file = createAppendFile(handle, 8);
    expect((await file.read(0, 100)).toString()).toBe('keep me,');
    file.append(Buffer.from(' and me'));
    expect((await file.read(5, 100)).toString()).toBe('me, and me');
    await write(file);
    expect(await readFile(path, 'utf8')).toBe('keep me, and me');
  });

  it('stays in memory without a file', async () => {
    const file = createAppendFile(null, 0);
    file.append(Buffer.from('abc'));
    expect((await file.read(1, 9)).toString()).toBe('bc');
  });

  it('writes all although the system writes a little at a time', async () => {
    const file = createAppendFile(troubled({ failing: false }), 0);
    file.append(Buffer.alloc(100, 'x'));
    await write(file);
    expect(await readFile(path, 'utf8')).toBe('x'.repeat(100));
  });

  it('loses nothing of what a failed write had in hand, and writes it the next time', async () => {
    const state = { failing: true };
    const file = createAppendFile(troubled(state), 0);
    file.append(Buffer.from('one '));
    await expect(write(file)).rejects.toThrow('i/o error');
    file.append(Buffer.from('two'));
    expect((await file.read(0, 99)).toString()).toBe('one two');
    await expect(write(file)).rejects.toThrow('i/o error');
    state.failing = false;
    await write(file);
    await write(file);
    expect(await readFile(path, 'utf8')).toBe('one two');
    expect(file.pendingBytes).toBe(0);
  });
});
