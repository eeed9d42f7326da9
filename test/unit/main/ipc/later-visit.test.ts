import { expect, it } from 'vitest';
import { createLaterVisits } from '../../../../src/main/ipc/later-visit.ts';
import type { OpenVisit } from '../../../../src/main/ipc/visit.ts';

function stage() {
  const heard: string[] = [];
  let ready: (open: OpenVisit) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const open = createLaterVisits(
    new Promise((resolve, reject) => {
      ready = resolve;
      fail = reject;
    }),
  );
  const openNow: OpenVisit = () => ({
    dispatch: async (name) => {
      heard.push(`call ${String(name)}`);
      return { ok: true, value: name };
    },
    close: () => heard.push('close'),
  });
  return { heard, open, ready: () => ready(openNow), fail: (error: Error) => fail(error) };
}

it('keeps the calls of a page until the app is there, in their order', async () => {
  const { heard, open, ready } = stage();
  const visit = open(() => undefined);
  const answers = Promise.all([visit.dispatch('one', null), visit.dispatch('two', null)]);
  expect(heard).toEqual([]);
  ready();
  expect(await answers).toEqual([
    { ok: true, value: 'one' },
    { ok: true, value: 'two' },
  ]);
  await visit.dispatch('three', null);
  visit.close();
  expect(heard).toEqual(['call one', 'call two', 'call three', 'close']);
});

it('opens nothing for a page that went before the app was there', async () => {
  const { heard, open, ready } = stage();
  const visit = open(() => undefined);
  const answer = visit.dispatch('one', null);
  visit.close();
  ready();
  await expect(answer).rejects.toThrow('The page is gone');
  expect(heard).toEqual([]);
});

it('tells the callers when the app cannot be put together', async () => {
  const { open, fail } = stage();
  const answer = open(() => undefined).dispatch('one', null);
  fail(new Error('no disk'));
  await expect(answer).rejects.toThrow('no disk');
});
