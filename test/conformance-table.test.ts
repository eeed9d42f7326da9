/** Holds the table of docs/conformance.md to the truth: all 70 cases, each with tests that bear its name or a reason. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const REASON = 'does not apply: ';

const rows = readFileSync(join(ROOT, 'docs/conformance.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, number, name, where] = /^\|\s*(\d+)\s*\|\s*(\S+)\s*\|\s*(.*?)\s*\|$/.exec(line) ?? [];
    return number && name && where ? [{ number: Number(number), name, where }] : [];
  });

describe('the table of cases', () => {
  it('numbers 70 cases, each once and in order, under different names', () => {
    expect(rows.map((row) => row.number)).toEqual(Array.from({ length: 70 }, (_, at) => at + 1));
    expect(new Set(rows.map((row) => row.name)).size).toBe(70);
  });

  it.each(rows)(
    '$number $name is tested where the table says, or has a reason',
    ({ number, name, where }) => {
      if (where.startsWith(REASON)) {
        expect(where.length).toBeGreaterThan(REASON.length + 20);
        return;
      }
      const files = [...where.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
      expect(files.length).toBeGreaterThan(0);
      // The title of a test, or of a group of tests, begins with the name; a number, if there is one, is the right one.
      const title = new RegExp(`['"\`](?:#${number} )?${name}(?::|'| and )`);
      for (const file of files) {
        expect(existsSync(join(ROOT, file)), file).toBe(true);
        expect(title.test(readFileSync(join(ROOT, file), 'utf8')), `${file} names ${name}`).toBe(true);
      }
    },
  );
});
