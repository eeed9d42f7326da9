/** The cookies of one folder's jar, asked for while somebody looks at them. */
import type { Client } from '../../shared/ipc/contract.ts';
import type { CookieKey, CookieRow } from '../../shared/workspace/cookie.ts';
import type { Notices } from './undo.svelte.ts';

export interface Cookies {
  /** Of the folder that is watched. */
  readonly rows: readonly CookieRow[];
  /** Keeps `rows` those of this folder; returns the function that ends it. */
  watch(folderId: string | null): () => void;
  /** Whether it was taken. */
  add(folderId: string | null, url: string, line: string): Promise<boolean>;
  setValue(folderId: string | null, key: CookieKey, value: string): Promise<void>;
  remove(folderId: string | null, key: CookieKey): Promise<void>;
  clear(folderId: string | null): Promise<void>;
}

export function createCookies(client: Client, notices: Notices): Cookies {
  let rows = $state.raw<readonly CookieRow[]>([]);

  async function tell(what: string, act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      notices.failed(what, error);
      return false;
    }
  }

  return {
    get rows() {
      return rows;
    },
    watch(folderId) {
      let over = false;
      const read = () =>
        tell('The cookies could not be read', async () => {
          const list = await client.call('cookies:list', { folderId });
          if (!over) rows = list;
        });
      rows = [];
      void read();
      const end = client.on('cookies:changed', (changed) => {
        if (changed.folderId === folderId) void read();
      });
      return () => {
        over = true;
        end();
      };
    },
    add: (folderId, url, line) =>
      tell('The cookie was not added', () => client.call('cookies:add', { folderId, url, line })),
    async setValue(folderId, key, value) {
      await tell('The cookie was not changed', () =>
        client.call('cookies:set-value', { folderId, key, value }),
      );
    },
    async remove(folderId, key) {
      await tell('The cookie was not removed', () => client.call('cookies:remove', { folderId, key }));
    },
    async clear(folderId) {
      await tell('The cookies were not removed', () => client.call('cookies:clear', { folderId }));
    },
  };
}
