import { describe, expect, it } from 'vitest';
import { createExports } from '../../src/renderer/state/app-export.svelte.ts';
import type { NoticeContent, Notices } from '../../src/renderer/state/undo.svelte.ts';
import type { Client } from '../../src/shared/ipc/contract.ts';

/** Main finds this many secrets in every session; null: it cannot read one. */
function setUp(events: number | null) {
  const saved: unknown[] = [];
  const shown: NoticeContent[] = [];
  const client = {
    on: () => () => {},
    call: async (channel: string, request: unknown) => {
      if (channel === 'export:save') saved.push(request);
      else if (events === null) throw new Error('It is gone.');
      return { entries: 9, looked: 9, found: { headers: 0, addresses: 0, bodies: 0, events, texts: 0 } };
    },
  } as unknown as Client;
  const notices = { show: (content: NoticeContent) => shown.push(content) } as unknown as Notices;
  return { exports: createExports(client, notices), saved, shown };
}

const asked = (includeSecrets: boolean) => [
  { sessionId: 's', formatId: 'streamscope', scope: { kind: 'all' }, includeSecrets },
];

describe('a session as one file', () => {
  it('is saved at once when there is no secret in it', async () => {
    const { exports, saved, shown } = setUp(0);
    await exports.saveWhole('s');
    expect(saved).toEqual(asked(false));
    expect(shown).toEqual([]);
  });

  it.each([
    [2, 'holds 2 secrets'],
    [null, 'could not be searched for secrets'],
  ])('is not saved before that is wanted with %s secrets', async (secrets, words) => {
    const { exports, saved, shown } = setUp(secrets);
    await exports.saveWhole('s');
    expect(saved).toEqual([]);
    expect(shown[0]?.text).toContain(words);
    shown[0]?.action?.run();
    expect(saved).toEqual(asked(true));
  });
});
