/** What the window costs main while a session goes on, in counts and not in times. */
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAppendFile } from '../../../src/main/capture/append-file.ts';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { TAIL_ROWS } from '../../../src/main/ipc/tail-watch.ts';
import { createFrameText } from '../../../src/main/sessions/frame-text.ts';
import { readRowPage } from '../../../src/main/sessions/row-page.ts';
import type { SessionReader } from '../../../src/shared/session/log.ts';
import { createMemoryLog } from '../../../src/shared/session/memory-log.ts';
import { recordAttempts, temporaryFolder } from '../../support/session-folder.ts';

describe('a batch of newest rows', () => {
  it('reads the log twice: the records, and the bytes of all rows together', async () => {
    const log = createMemoryLog({ sessionId: 's', maxBytes: 64 * 1024 * 1024 });
    recordAttempts(log, [Array.from({ length: 500 }, (_, at) => `data: {"number":${at}}\n\n`)]);
    const asked: string[] = [];
    const reader = new Proxy(log, {
      get(target, name: keyof SessionReader) {
        const value: unknown = target[name];
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          asked.push(name);
          return (value as (...args: unknown[]) => unknown)(...args);
        };
      },
    });
    const frameText = createFrameText(createNodeByteText());
    const page = await readRowPage(reader, frameText, log.count - TAIL_ROWS - 5, TAIL_ROWS);
    expect(page.count).toBe(TAIL_ROWS);
    expect(asked).toEqual(['readRecords', 'readWire']);
  });
});

describe('a flood that is written', () => {
  it('takes a write for each block and no fresh memory', async () => {
    const place = await temporaryFolder({ inMemory: true });
    const handle = await open(join(place.path, 'file'), 'w+');
    try {
      const buffers = new Set<ArrayBufferLike>();
      let writes = 0;
      const counted = Object.create(handle) as FileHandle;
      Object.defineProperty(counted, 'write', {
        value: (bytes: Uint8Array, offset: number, length: number, position: number) => {
          writes += 1;
          buffers.add(bytes.buffer);
          return handle.write(bytes, offset, length, position);
        },
      });
      const file = createAppendFile(counted, 0);
      const read = Buffer.alloc(64 * 1024, 'x');
      for (let megabyte = 0; megabyte < 40; megabyte += 1) {
        for (let part = 0; part < 16; part += 1) file.append(read);
        file.take();
        await file.writeTaken();
      }
      // Four blocks of 256 KiB a turn, and the first small one that grew.
      expect(writes).toBeLessThanOrEqual(40 * 5);
      expect(buffers.size).toBeLessThanOrEqual(10);
    } finally {
      await handle.close();
      await place.remove();
    }
  });
});
