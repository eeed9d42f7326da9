import { Script } from 'node:vm';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inert } from '../../../../../src/shared/export/page/page.ts';
import { PAGE_SCRIPT } from '../../../../../src/shared/export/page/page-script.ts';
import { PAGE_STYLE } from '../../../../../src/shared/export/page/page-style.ts';
import { describeExporter, exported, ODD_ATTEMPTS } from '../../../../contract/exporter.ts';
import { recordedLog } from '../../../../support/recorded-log.ts';

const rowsIn = (text: string): readonly unknown[] =>
  [...text.matchAll(/<script type="application\/json" data-part>(.*?)<\/script>/g)].flatMap(
    ([, json = '']) => JSON.parse(json) as readonly unknown[],
  );

describeExporter('html', (text) => rowsIn(text).length);

describe('the page', () => {
  it('lets its own program and style run and nothing else', async () => {
    const { text } = await exported('html', recordedLog(ODD_ATTEMPTS));
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? '';
    const hash = (source: string) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
    expect(policy).toContain(`default-src 'none'`);
    expect(policy).toContain(`script-src ${hash(PAGE_SCRIPT)}`);
    expect(policy).toContain(`style-src ${hash(PAGE_STYLE)}`);
    // The hash is of what stands in the file, to the byte.
    expect(text).toContain(`<script>${PAGE_SCRIPT}</script>`);
    expect(PAGE_SCRIPT).not.toMatch(/<\/script|<!--/i);
    expect(() => new Script(PAGE_SCRIPT)).not.toThrow();
  });

  it('holds data as text that ends no element', async () => {
    const hostile = `</script><script>alert(1)</script><!-- ]]> & \u2028\u2029`;
    const log = recordedLog([
      { reads: [`event: ${hostile.slice(0, 20)}\nid: ${hostile.slice(0, 9)}\ndata: ${hostile}\n\n`] },
    ]);
    const { text } = await exported('html', log);
    expect(text.match(/<script/g)).toHaveLength(4);
    expect(text).not.toContain('alert(1)</script>');
    expect(JSON.stringify(rowsIn(text))).toContain(JSON.stringify(hostile).slice(1, -1));
  });

  it('escapes every character that could end text in HTML', () => {
    expect(inert({ a: '<>&\u2028\u2029' })).toBe('{"a":"\\u003c\\u003e\\u0026\\u2028\\u2029"}');
  });
});
