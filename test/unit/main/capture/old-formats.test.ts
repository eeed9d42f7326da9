/**
 * Sessions of every version that ever recorded one: test/fixtures/sessions has a folder for each, made by that version and never
 * changed since, with what it holds in words beside it.
 */
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORMAT_VERSION } from '../../../../src/main/capture/format.ts';
import { checkOpened } from '../../../support/opened-folder.ts';
import { openRecorded, temporaryFolder } from '../../../support/session-folder.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'sessions');

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  place = await temporaryFolder({ inMemory: true });
});
afterAll(() => place.remove());

const names = (await readdir(FIXTURES, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

interface Expected {
  readonly name: string;
  readonly outcome: string;
  readonly events: readonly string[];
  readonly entries: readonly string[];
}

describe('a session of an older version', () => {
  it.each(names)('%s opens as it was recorded, with nothing to repair', async (name) => {
    const folder = join(place.path, name);
    await cp(join(FIXTURES, name, 'session'), folder, { recursive: true });
    const expected = JSON.parse(await readFile(join(FIXTURES, name, 'holds.json'), 'utf8')) as Expected;
    const { reader, manifest, close } = await openRecorded(folder);
    try {
      const { events, entries } = await checkOpened(folder, reader, manifest);
      expect({ name: manifest.name, outcome: manifest.outcome, events, entries }).toEqual(expected);
    } finally {
      await close();
    }
  });

  it('has a fixture for each version up to this one', async () => {
    const versions = await Promise.all(
      names.map(async (name) => {
        const text = await readFile(join(FIXTURES, name, 'session', 'manifest.json'), 'utf8');
        return (JSON.parse(text) as { formatVersion: number }).formatVersion;
      }),
    );
    const all = Array.from({ length: FORMAT_VERSION }, (_, at) => at + 1);
    expect([...new Set(versions)].sort()).toEqual(all);
  });
});
