import { describe, expect, it } from 'vitest';
import { describeExporter, exported, ODD_ATTEMPTS } from '../../../contract/exporter.ts';
import { recordedLog, summaryOf } from '../../../support/recorded-log.ts';

interface Document {
  readonly format: string;
  readonly version: number;
  readonly session: unknown;
  readonly entries: readonly unknown[];
}
const parse = (text: string): Document => JSON.parse(text) as Document;

describeExporter('json', (text) => parse(text).entries.length);

describe('the JSON document', () => {
  it('names its format, its version and the session', async () => {
    const log = recordedLog(ODD_ATTEMPTS);
    const { format, version, session } = parse((await exported('json', log)).text);
    expect({ format, version, session }).toEqual({
      format: 'streamscope-session',
      version: 1,
      session: summaryOf(log),
    });
  });

  it('holds the same entries as NDJSON', async () => {
    const log = recordedLog(ODD_ATTEMPTS);
    const lines = (await exported('ndjson', log)).text.trimEnd().split('\n');
    expect(parse((await exported('json', log)).text).entries).toEqual(
      lines.map((line) => JSON.parse(line) as unknown),
    );
  });
});
