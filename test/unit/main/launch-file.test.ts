import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { handedFiles, launchFiles } from '../../../src/main/launch-file.ts';
import { temporaryFolder } from '../../support/session-folder.ts';

it('finds the session files among the arguments, wherever the user was', async () => {
  const place = await temporaryFolder();
  try {
    await writeFile(join(place.path, 'a.streamscope'), '');
    await writeFile(join(place.path, 'B.STREAMSCOPE'), '');
    const args = [
      '--flag.streamscope',
      '.',
      'a.streamscope',
      'gone.streamscope',
      join(place.path, 'B.STREAMSCOPE'),
    ];
    expect(launchFiles(args, place.path)).toEqual([
      join(place.path, 'a.streamscope'),
      join(place.path, 'B.STREAMSCOPE'),
    ]);
  } finally {
    await place.remove();
  }
});

it.each([
  [null, []],
  [{ openUrl: null }, []],
  [{ openFiles: 'a' }, []],
  [{ openFiles: ['a', 7, 'b'] }, ['a', 'b']],
])('takes from the handover %j the files %j', (handover, files) => {
  expect(handedFiles(handover)).toEqual(files);
});
