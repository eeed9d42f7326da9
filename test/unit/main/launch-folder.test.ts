import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { handedFolder, launchFolder } from '../../../src/main/launch-folder.ts';
import { temporaryFolder } from '../../support/session-folder.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  place = await temporaryFolder();
  await mkdir(join(place.path, 'capture'));
  await writeFile(join(place.path, 'capture', 'manifest.json'), '{}');
  await mkdir(join(place.path, 'empty'));
});
afterAll(() => place.remove());

it.each([
  [['.', 'capture'], 'capture'],
  [['empty', './capture/'], 'capture'],
  [['http://capture/', '--capture', 'nowhere', 'empty'], null],
  [[], null],
])('the session folder in %j is %s', (args, name) => {
  expect(launchFolder(args, place.path)).toBe(name === null ? null : join(place.path, name));
});

it.each([
  [{ openUrl: null, openFolder: '/a' }, '/a'],
  [{ openUrl: null, openFolder: null, openFiles: [] }, null],
  [{ openFolder: 7 }, null],
  [{}, null],
  [null, null],
])('a handover of %j opens the folder %s', (data, folder) => {
  expect(handedFolder(data)).toBe(folder);
});
