/** The sessions that the app keeps, from outside of it: where they are, and which one is meant. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  createDirectoryCaptureStore,
  type DirectoryCaptureStore,
} from '../../main/capture/directory-capture-store.ts';
import { isLocked } from '../../main/capture/writer-lock.ts';
import { createAnnotationStore, type AnnotationStore } from '../../main/library/annotation-store.ts';
import type { SessionSummary } from '../../shared/session/entry.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { UsageError } from '../command.ts';
import type { OperandDeclaration, OptionTable } from '../declaration.ts';

export const LIBRARY_OPTIONS = {
  library: {
    type: 'string',
    value: 'DIR',
    completes: 'folder',
    help: "The folder of sessions; default: STREAMSCOPE_LIBRARY, or else the app's own.",
  },
} as const satisfies OptionTable;

export const JSON_OPTION = {
  json: { type: 'boolean', help: 'Print JSON instead of text.' },
} as const satisfies OptionTable;

export const SESSION_OPERAND: OperandDeclaration = {
  name: 'SESSION',
  help: 'Its id, or a beginning of it that no other has; latest for the newest.',
};

export interface Library {
  readonly store: DirectoryCaptureStore;
  readonly annotations: AnnotationStore;
  /** The session that is meant; rejects with a UsageError when it is none, or more than one. */
  find(word: string): Promise<SessionSummary>;
  /** The same, refused while another process writes it. */
  findToChange(word: string): Promise<SessionSummary>;
}

export function openLibrary(root: string | undefined, byteText: ByteText): Library {
  const store = createDirectoryCaptureStore({
    root: root ?? libraryFolder(),
    byteText,
    epochMs: () => Date.now(),
  });
  async function find(word: string): Promise<SessionSummary> {
    const all = await store.list();
    const exact = all.find(({ id }) => id === word);
    if (exact) return exact;
    const [first, second] = word === 'latest' ? all.slice(0, 1) : all.filter(({ id }) => id.startsWith(word));
    if (!first || word === '')
      throw new UsageError(`There is no session "${word}". streamscope sessions list names them.`);
    if (second) throw new UsageError(`"${word}" could be ${first.id} and ${second.id}. Type more of it.`);
    return first;
  }
  return {
    store,
    annotations: createAnnotationStore({ folderOf: store.folderOf, onChanged() {} }),
    find,
    async findToChange(word) {
      const session = await find(word);
      if (await isLocked(store.folderOf(session.id)))
        throw new Error(`The session ${session.id} is being recorded. Stop it there first.`);
      return session;
    },
  };
}

/** The folder of the session that has this whole id, or of the newest for `latest`; null when there is none. */
export async function folderOfSession(word: string, byteText: ByteText): Promise<string | null> {
  const { store } = openLibrary(undefined, byteText);
  const all = await store.list();
  const found = word === 'latest' ? all[0] : all.find(({ id }) => id === word);
  return found ? store.folderOf(found.id) : null;
}

/** Where the app keeps them, by the rules of the system for what belongs to a program. */
function libraryFolder(): string {
  const { STREAMSCOPE_LIBRARY, XDG_CONFIG_HOME, APPDATA } = process.env;
  if (STREAMSCOPE_LIBRARY) return STREAMSCOPE_LIBRARY;
  const home = homedir();
  const base =
    process.platform === 'darwin'
      ? join(home, 'Library', 'Application Support')
      : process.platform === 'win32'
        ? (APPDATA ?? join(home, 'AppData', 'Roaming'))
        : XDG_CONFIG_HOME || join(home, '.config');
  return join(base, 'Streamscope', 'sessions');
}
