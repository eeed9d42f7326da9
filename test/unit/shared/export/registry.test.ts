import { describe, expect, it } from 'vitest';
import { createExporters } from '../../../../src/shared/export/registry.ts';
import { createPortableByteText } from '../../../../src/shared/sse/byte-text.ts';

describe('the list of formats', () => {
  it('is in the order of the menu', () => {
    const ids = createExporters(createPortableByteText(), '1.2.3')
      .all()
      .map((exporter) => exporter.id);
    expect(ids).toEqual([
      'ndjson',
      'json',
      'csv',
      'sse',
      'har',
      'html',
      'report',
      'completion-markdown',
      'completion-json',
      'curl',
    ]);
  });
});
