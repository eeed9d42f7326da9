import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCommands } from '../../../src/cli/commands.ts';
import { manPage } from '../../../src/cli/man-page.ts';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const { version } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as { version: string };
const page = manPage(
  createCommands({
    byteText: createNodeByteText(),
    clock: { nowMs: () => 0, epochMs: () => 0 },
    version,
  }),
  version,
);

it('is the page that is kept in docs (to write it again: npm run unit -- test/unit/cli/man-page.test.ts -u)', async () => {
  await expect(page).toMatchFileSnapshot(resolve(ROOT, 'docs/streamscope.1'));
});

it('says nothing that roff takes for a request or an escape', () => {
  const odd = manPage(
    [
      {
        name: 'odd',
        summary: '',
        about: ".TH is no request\n'nor this\nback\\slash\n\n  kept\n  as it is\nand on",
        operands: [],
        options: {},
        run: () => Promise.resolve(),
      },
    ],
    '1',
  );
  expect(odd).toContain(
    "\\&.TH is no request\n\\&'nor this\nback\\eslash\n.PP\n.nf\n  kept\n  as it is\n.fi\nand on",
  );
});

const groff = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-K', 'utf8', '-P-cbou'], {
  input: page,
  encoding: 'utf8',
});

describe.skipIf(groff.error !== undefined)('as groff reads it', () => {
  it('is without a warning and has every option', () => {
    expect({ status: groff.status, stderr: groff.stderr }).toEqual({ status: 0, stderr: '' });
    expect(groff.stdout).toContain('--last-event-id');
  });
});
