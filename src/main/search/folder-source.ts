/**
 * Reads a session for a scan straight from its files, where they hold what is wanted for sure; everything else is asked for.
 * Reading waits for the disk: for a thread of its own. Buffers are used again, so nothing is allocated for a block.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { RECORD_BYTES, type IndexRecord } from '../../shared/session/index-record.ts';
import type { StoredBytes } from '../../shared/session/log.ts';
import { FILE_NAMES } from '../capture/format.ts';
import { decodeLine, isTypeLine } from '../capture/journal-line.ts';
import type { ScanSource } from './scan-source.ts';

export interface FolderSource extends ScanSource {
  close(): void;
}

export interface FolderSourceOptions {
  readonly folder: string;
  readonly stored: StoredBytes;
  readonly rest: ScanSource;
}

/** Throws when a file cannot be opened. */
export function createFolderSource({ folder, stored, rest }: FolderSourceOptions): FolderSource {
  const files = new Map<string, number>();
  let records = new Uint8Array(0);
  let wire = new Uint8Array(0);

  function fileOf(name: string): number {
    const open = files.get(name) ?? openSync(join(folder, name), 'r');
    files.set(name, open);
    return open;
  }

  function fill(target: Uint8Array, name: string, position: number): Uint8Array {
    const file = fileOf(name);
    for (let done = 0; done < target.length;) {
      const read = readSync(file, target, done, target.length - done, position + done);
      if (read === 0) throw new Error('A file of this session is shorter than it was when it was opened');
      done += read;
    }
    return target;
  }

  return {
    eventTypes: rest.eventTypes,
    async readRecords(from, to) {
      const start = from * RECORD_BYTES;
      const length = (to - from) * RECORD_BYTES;
      if (start + length > stored.index) return rest.readRecords(from, to);
      if (records.length < length) records = new Uint8Array(length);
      const bytes = fill(records.subarray(0, length), FILE_NAMES.index, start);
      return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
    async readWire(offset, length) {
      if (offset + length > stored.wire) return rest.readWire(offset, length);
      if (wire.length < length) wire = new Uint8Array(length);
      return fill(wire.subarray(0, length), FILE_NAMES.wire, offset);
    },
    async readJournal(record: Readonly<IndexRecord>) {
      if (record.offset + record.length > stored.journal) return rest.readJournal(record);
      const bytes = fill(new Uint8Array(record.length), FILE_NAMES.journal, record.offset);
      const line = decodeLine(Buffer.from(bytes.buffer).toString('utf8'));
      if (!line || isTypeLine(line)) throw new Error('The journal of this session is damaged at this entry');
      return line.entry;
    },
    close() {
      for (const file of files.values()) closeSync(file);
      files.clear();
    },
  };
}
