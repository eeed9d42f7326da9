/** Files that a request needs, asked for and looked at by main. */
import type { Client } from '../../shared/ipc/contract.ts';
import type { FilePurpose } from '../../shared/ipc/file-purpose.ts';
import type { Notices } from './undo.svelte.ts';

export interface Files {
  /** The path of a file that the user chose; null when the user thought better of it. */
  choose(purpose: FilePurpose): Promise<string | null>;
  /** The size of a file, or why it cannot be sent; null when nobody can tell. */
  look(path: string): Promise<{ readonly bytes: number | null; readonly problem: string } | null>;
}

export function createFiles(client: Client, notices: Notices): Files {
  return {
    async choose(purpose) {
      try {
        return await client.call('dialog:choose-file', { purpose });
      } catch (error) {
        notices.failed('No file could be chosen', error);
        return null;
      }
    },
    async look(path) {
      try {
        return await client.call('file:look', { path });
      } catch {
        // The form says less; the attempt itself says what is wrong.
        return null;
      }
    },
  };
}
