/** Every dialect has streams of the project's own, and each of them says how it came to be. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDialects } from '../../../src/shared/chat/registry.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/chat');
const files = (dialect: string): string[] => readdirSync(join(FOLDER, dialect));

describe('the streams of the project', () => {
  it.each(createDialects().all())('are there for $id, each with what is expected', ({ id }) => {
    const streams = files(id).filter((file) => !file.endsWith('.json'));
    expect(streams.length).toBeGreaterThan(0);
    expect(files(id)).toEqual(
      expect.arrayContaining(streams.map((file) => file.replace(/\.[\w-]+$/, '.json'))),
    );
  });

  it('of another source than the project are told in the README with the program that made them', () => {
    const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');
    const all = createDialects().all();
    const made = all.filter(({ id }) => files(id).some((file) => file.startsWith('aimock-')));
    const [, listed = ''] = /`aimock-….sse` in ([^`]*?) are what/.exec(readme) ?? [];
    expect(new Set(listed.split(/, | and /))).toEqual(new Set(made.map(({ id }) => id)));
    expect(readme).toContain('make-mock-fixtures.mjs');
  });
});
