/** Zip files byte by byte, for tests of files that no honest program writes: each entry can lie about itself. */
import { deflateRawSync } from 'node:zlib';
import { crc32InScript } from '../../src/main/archive/crc32.ts';

export interface ZipEntry {
  readonly name: string;
  readonly data?: Uint8Array | string;
  readonly deflate?: boolean;
  /** What the zip says of it; default: the truth. */
  readonly says?: {
    readonly size?: number;
    readonly compressedSize?: number;
    readonly crc?: number;
    readonly flags?: number;
    readonly method?: number;
    /** The upper half of the external attributes: a Unix mode. */
    readonly mode?: number;
  };
}

export function zipBytes(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, data = '', deflate = false, says = {} } of entries) {
    const bytes = Buffer.from(data as Uint8Array);
    const packed = deflate ? deflateRawSync(bytes) : bytes;
    const fileName = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(says.flags ?? 0x800, 2);
    common.writeUInt16LE(says.method ?? (deflate ? 8 : 0), 4);
    common.writeUInt32LE(says.crc ?? crc32InScript(bytes, 0), 10);
    common.writeUInt32LE(says.compressedSize ?? packed.length, 14);
    common.writeUInt32LE(says.size ?? bytes.length, 18);
    common.writeUInt16LE(fileName.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, fileName, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((says.mode ?? 0o100600) << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0003'), common, tail, fileName]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
