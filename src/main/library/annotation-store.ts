/**
 * Bookmarks and notes of all sessions: each session's stand in `annotations.json` in its folder, which is replaced whole at each
 * change and goes when the last of them goes. Read on first use and kept; nobody else writes them.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '../../shared/ipc/envelope.ts';
import {
  decodeAnnotations,
  encodeAnnotations,
  MAX_ANNOTATIONS,
  readerOf,
  withChanges,
  type Annotation,
  type AnnotationReader,
} from '../../shared/session/annotations.ts';
import { errorCode, storageError } from '../capture/file-access.ts';
import { FILE_NAMES } from '../capture/format.ts';
import { writeWhole } from '../files/whole-file.ts';

export interface AnnotationStore {
  /** A view that stays current. Throws when they cannot be read. */
  open(sessionId: string): Promise<AnnotationReader>;
  /** Resolves when they are in the file. Blank ones are taken away. */
  annotate(sessionId: string, changes: readonly Annotation[]): Promise<void>;
  /** The session is going to be removed, or came back: what is known of it counts no longer. */
  forget(sessionId: string): Promise<void>;
}

export interface AnnotationStoreDeps {
  readonly folderOf: (sessionId: string) => string;
  readonly onChanged: (sessionId: string, changes: readonly Annotation[]) => void;
}

interface Book {
  current: AnnotationReader;
  /** Changes are made one after the other. */
  turn: Promise<void>;
}

export function createAnnotationStore({ folderOf, onChanged }: AnnotationStoreDeps): AnnotationStore {
  const books = new Map<string, Promise<Book>>();
  const pathOf = (sessionId: string): string => join(folderOf(sessionId), FILE_NAMES.annotations);

  function bookOf(sessionId: string): Promise<Book> {
    const known = books.get(sessionId);
    if (known) return known;
    const reading = read(pathOf(sessionId)).then((list) => ({
      current: readerOf(list),
      turn: Promise.resolve(),
    }));
    books.set(sessionId, reading);
    // Asked again, it is read again.
    reading.catch(() => books.delete(sessionId));
    return reading;
  }

  async function change(sessionId: string, book: Book, changes: readonly Annotation[]): Promise<void> {
    const next = withChanges(book.current.all(), changes);
    if (next.length > MAX_ANNOTATIONS)
      throw new CodedError(
        'bad-arguments',
        `A session holds at most ${MAX_ANNOTATIONS} bookmarks and notes. Remove some first.`,
      );
    const path = pathOf(sessionId);
    try {
      if (next.length === 0) await rm(path, { force: true });
      else await writeWhole(path, encodeAnnotations(next));
    } catch (error) {
      throw new CodedError('storage', storageError('It was not kept', path, error).message);
    }
    book.current = readerOf(next);
    onChanged(sessionId, changes);
  }

  return {
    async open(sessionId) {
      const book = await bookOf(sessionId);
      return {
        annotationOf: (seq) => book.current.annotationOf(seq),
        all: () => book.current.all(),
      };
    },
    async annotate(sessionId, changes) {
      const book = await bookOf(sessionId);
      const mine = book.turn.then(() => change(sessionId, book, changes));
      book.turn = mine.catch(() => undefined);
      await mine;
    },
    async forget(sessionId) {
      const book = await books.get(sessionId)?.catch(() => null);
      await book?.turn;
      books.delete(sessionId);
    },
  };
}

async function read(path: string): Promise<readonly Annotation[]> {
  try {
    return decodeAnnotations(await readFile(path, 'utf8'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    if (errorCode(error) === '' && error instanceof Error)
      throw new CodedError('storage', `${error.message} (${path}). The file was left as it is.`);
    throw new CodedError(
      'storage',
      storageError('The bookmarks and notes could not be read', path, error).message,
    );
  }
}
