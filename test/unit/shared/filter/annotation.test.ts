import { expect, it } from 'vitest';
import { noAnnotations } from '../../../../src/shared/filter/annotation.ts';

it('has nothing on any entry where nobody keeps annotations', () => {
  expect(noAnnotations(0)).toBeUndefined();
});
