import { describe, expect, it } from 'vitest';
import { csvCell, guarded, unguarded } from '../../../../src/shared/export/csv-cells.ts';
import { describeExporter, exported, ODD_ATTEMPTS } from '../../../contract/exporter.ts';
import { recordedLog } from '../../../support/recorded-log.ts';

/** By the rules of RFC 4180, independent of the reader of the app. */
function table(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describeExporter('csv', (text) => table(text).length - 1);

describe('the table', () => {
  it('has a header row, a row an entry, and the same number of cells in each', async () => {
    const log = recordedLog(ODD_ATTEMPTS);
    const rows = table((await exported('csv', log)).text);
    expect(rows[0]?.slice(0, 5)).toEqual(['seq', 'kind', 'time', 'atMs', 'attempt']);
    expect(rows).toHaveLength(log.count + 1);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  });

  it('disarms what a spreadsheet would calculate, in every text of the stream', async () => {
    const log = recordedLog([
      { reads: ['id: =1+1\nevent: @SUM(A1)\ndata: =HYPERLINK("http://x")\n\n', 'data: -5\n\n'] },
    ]);
    const rows = table((await exported('csv', log)).text);
    const header = rows[0] ?? [];
    for (const cell of rows
      .slice(1)
      .flatMap((row) => row.filter((_, at) => !['atMs', 'seq'].includes(header[at] ?? ''))))
      expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(rows.flat()).toContain(`'=HYPERLINK("http://x")`);
  });

  it.each(['=1', '+1', '-1', '@a', '\tx', "'", "'a", "'=a", "''", '', 'plain', ' =1'])(
    'gives %j back',
    (text) => {
      expect(unguarded(guarded(text))).toBe(text);
    },
  );

  it('quotes what needs it', () => {
    expect(csvCell('a,b')).toBe('"a,b"');
    expect(csvCell('say "x"')).toBe('"say ""x"""');
    expect(csvCell('a\nb')).toBe('"a\nb"');
    expect(csvCell('plain')).toBe('plain');
  });
});
