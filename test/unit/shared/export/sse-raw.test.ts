import { describe, expect, it } from 'vitest';
import { describeExporter, exported, ODD_ATTEMPTS } from '../../../contract/exporter.ts';
import { recordedLog } from '../../../support/recorded-log.ts';

describeExporter('sse', null);

describe('the raw export', () => {
  it('is the wire, byte by byte', async () => {
    const log = recordedLog(ODD_ATTEMPTS);
    const { bytes } = await exported('sse', log);
    expect(Buffer.from(bytes)).toEqual(Buffer.from(await log.readWire(0, log.wireBytes)));
  });

  it('of a range is the bytes of its frames', async () => {
    const log = recordedLog(ODD_ATTEMPTS);
    expect((await exported('sse', log, { from: 2, to: 4 })).text).toBe(': keep-alive\n\nretry: 1500\n\n');
    expect((await exported('sse', log, { from: 9, to: 12 })).text).toBe('id\ndata: reset\n\n');
    expect((await exported('sse', log, { from: 9, to: 11 })).text).toBe('');
  });

  it('of adjoining ranges joins up to the whole', async () => {
    const log = recordedLog(ODD_ATTEMPTS);
    const parts: Uint8Array[] = [];
    for (let at = 0; at < log.count; at += 1)
      parts.push((await exported('sse', log, { from: at, to: at + 1 })).bytes);
    expect(Buffer.concat(parts)).toEqual(Buffer.from(await log.readWire(0, log.wireBytes)));
  });

  it('comes in slices', async () => {
    const reads = Array.from({ length: 64 }, () => `data: ${'x'.repeat(16_000)}\n\n`);
    expect((await exported('sse', recordedLog([{ reads }]))).parts).toBeGreaterThan(3);
  });
});
