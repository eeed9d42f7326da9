import { describe, expect, it } from 'vitest';
import { errorCode, storageError } from '../../../../src/main/capture/file-access.ts';

describe('an error of the file system', () => {
  it.each([
    ['ENOSPC', /The disk is full\. Free some space/],
    ['EACCES', /may not write there\. Check the permissions/],
    ['EROFS', /read-only/],
    ['EIO', /The disk reported an error/],
    ['ENOENT', /folder is gone/],
    ['EWHATEVER', /what the system said/],
  ])('with the code %s says why and what to do', (code, words) => {
    const cause = Object.assign(new Error('what the system said'), { code });
    const error = storageError('This session can no longer be stored', 'a/folder', cause);
    expect(error.message).toMatch(/^This session can no longer be stored \(a\/folder\)\. /);
    expect(error.message).toMatch(words);
    expect(errorCode(error)).toBe(code);
    expect(error.cause).toBe(cause);
  });

  it.each([[null], [undefined], ['text'], [new Error('no code')], [{ code: 5 }]])(
    'has no code in %j',
    (error) => {
      expect(errorCode(error)).toBe('');
    },
  );
});
