import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../../../src/renderer/views/detail/data-shape.ts';

const PIXELS =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('what a text is shown as', () => {
  it('is a tree for objects and arrays', () => {
    expect(shapeOf(' {"a":1}').kind).toBe('json');
    expect(shapeOf('[]').kind).toBe('json');
  });

  it('is text for scalars, for what only looks like JSON, and for nothing', () => {
    for (const text of ['7', '"x"', '{"a":', '[DONE]', '', 'word'])
      expect(shapeOf(text)).toEqual({ kind: 'text', text });
  });

  it('is an image for raster images, as a URL or bare', () => {
    expect(shapeOf(`data:image/png;base64,${PIXELS}`)).toMatchObject({ kind: 'image', note: 'image/png' });
    expect(shapeOf(PIXELS)).toMatchObject({ kind: 'image', source: `data:image/png;base64,${PIXELS}` });
  });

  it('is never a document in disguise', () => {
    for (const text of [
      `data:image/svg+xml;base64,${PIXELS}`,
      `data:text/html;base64,${PIXELS}`,
      `data:image/png;base64,${PIXELS}"><script>`,
      `data:image/png,<svg onload=alert(1)>${'x'.repeat(64)}`,
    ])
      expect(shapeOf(text).kind).toBe('text');
  });
});
