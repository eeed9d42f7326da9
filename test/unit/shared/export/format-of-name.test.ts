import { describe, expect, it } from 'vitest';
import { exporterForName } from '../../../../src/shared/export/format-of-name.ts';
import { createExporters } from '../../../../src/shared/export/registry.ts';
import { createPortableByteText } from '../../../../src/shared/sse/byte-text.ts';

const exporters = createExporters(createPortableByteText(), '1.2.3').all();

describe('the format that a name asks for', () => {
  it.each([
    ['out/session.ndjson', 'ndjson'],
    ['session.JSON', 'json'],
    ['session.csv', 'csv'],
    ['capture.sse', 'sse'],
    ['completion-markdown', 'completion-markdown'],
  ])('%s is %s', (name, id) => {
    expect(exporterForName(exporters, name)?.id).toBe(id);
  });

  it('is none for a name that is not known', () => {
    expect(exporterForName(exporters, 'session.exe')).toBeUndefined();
  });
});
