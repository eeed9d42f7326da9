/**
 * Bookmarks and notes of the session that is shown. They are the user's own words, few and small, so they may be reactive. A
 * change is shown at once; when main refuses it, it is taken back and said.
 */
import type { Client } from '../../shared/ipc/contract.ts';
import {
  blankAnnotation,
  isBlank,
  readerOf,
  withChanges,
  type Annotation,
} from '../../shared/session/annotations.ts';
import type { Notices } from './undo.svelte.ts';

export interface Annotations {
  /** In the order of the entries. Reactive. */
  readonly list: readonly Annotation[];
  /** What is on an entry. Reactive. */
  of(seq: number): Annotation | null;
  toggleBookmark(seq: number): void;
  /** "" takes the note away. */
  setNote(seq: number, note: string): void;
  /** Takes bookmark and note away. */
  remove(seq: number): void;
  /** The nearest marked entry after (or before) this one, going round at the end; null when nothing is marked. */
  next(seq: number | null, step: 1 | -1): Annotation | null;
  /** Whether the note of the selected entry is being written. */
  writing: boolean;
  dispose(): void;
}

export type AnnotationNotices = Pick<Notices, 'failed' | 'undoable'>;

export function createAnnotations(
  client: Client,
  sessionId: string,
  notices: AnnotationNotices | null,
): Annotations {
  let reader = $state.raw(readerOf([]));
  let writing = $state(false);

  function take(changes: readonly Annotation[]): void {
    reader = readerOf(withChanges(reader.all(), changes));
  }

  async function load(): Promise<void> {
    try {
      reader = readerOf(await client.call('annotations:list', { sessionId }));
    } catch (error) {
      notices?.failed('Bookmarks and notes are not shown', error);
    }
  }

  /** `undoText`: what was lost by it, when something was. */
  function change(next: Annotation, undoText = ''): void {
    const before = reader.annotationOf(next.seq) ?? blankAnnotation(next.seq);
    take([next]);
    client.call('annotations:change', { sessionId, changes: [next] }).then(
      () => {
        if (undoText !== '') notices?.undoable(undoText, () => change(before));
      },
      (error: unknown) => {
        take([before]);
        notices?.failed(isBlank(next) ? 'The mark was not removed' : 'The mark was not kept', error);
      },
    );
  }

  const end = client.on('annotations:changed', (message) => {
    if (message.sessionId === sessionId) take(message.changes);
  });
  void load();

  const annotations: Annotations = {
    get list() {
      return reader.all();
    },
    of: (seq) => reader.annotationOf(seq),
    toggleBookmark(seq) {
      const now = reader.annotationOf(seq) ?? blankAnnotation(seq);
      change({ ...now, bookmarked: !now.bookmarked });
    },
    setNote(seq, note) {
      const now = reader.annotationOf(seq) ?? blankAnnotation(seq);
      const tidy = note.trim();
      if (tidy === now.note) return;
      change({ ...now, note: tidy }, tidy === '' ? `Removed the note on #${seq}` : '');
    },
    remove(seq) {
      const now = reader.annotationOf(seq);
      if (now) change(blankAnnotation(seq), `Removed the ${wordOf(now)} on #${seq}`);
    },
    next(seq, step) {
      const all = reader.all();
      if (all.length === 0) return null;
      const from = seq ?? (step === 1 ? -1 : Infinity);
      const beyond = step === 1 ? all.find((one) => one.seq > from) : all.findLast((one) => one.seq < from);
      return beyond ?? all.at(step === 1 ? 0 : -1) ?? null;
    },
    get writing() {
      return writing;
    },
    set writing(on) {
      writing = on;
    },
    dispose: end,
  };
  return annotations;
}

function wordOf({ bookmarked, note }: Annotation): string {
  if (note === '') return 'bookmark';
  return bookmarked ? 'bookmark and the note' : 'note';
}
