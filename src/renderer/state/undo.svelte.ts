/**
 * Notices: short messages that float over the window. A destructive action leaves one with "Undo", long work one with its
 * progress, an error one with the next step. Holds words only, never captured data.
 */

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

export interface Notice {
  readonly id: number;
  readonly tone: 'plain' | 'good' | 'bad' | 'busy';
  readonly text: string;
  readonly action: NoticeAction | null;
  /** 0 to 1 for work under way; null otherwise. */
  readonly progress: number | null;
}

export type NoticeContent = Partial<Omit<Notice, 'id' | 'text'>> & { readonly text: string };

export interface Notices {
  readonly list: readonly Notice[];
  /** Shows a notice and returns its number. Busy ones stay until changed; bad ones stay until dismissed; others leave by themselves. */
  show(content: NoticeContent): number;
  change(id: number, content: NoticeContent): void;
  dismiss(id: number): void;
  /** "Deleted X" with an Undo. */
  undoable(text: string, undo: () => void): void;
  /** Says that `what` failed and why; returns the notice's number. */
  failed(what: string, error: unknown): number;
  /** Pointer over or focus in the notices: they stay. */
  hold(held: boolean): void;
}

const SHOWN_MS = 8000;
const MOST = 4;

export function createNotices(): Notices {
  let list = $state.raw<readonly Notice[]>([]);
  let nextId = 1;
  let held = false;
  const timers = new Map<number, ReturnType<typeof setTimeout>>();

  function dismiss(id: number): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
    list = list.filter((notice) => notice.id !== id);
  }

  function leaveLater(notice: Notice): void {
    clearTimeout(timers.get(notice.id));
    timers.delete(notice.id);
    if (notice.tone === 'busy' || notice.tone === 'bad') return;
    const leave = () => (held ? leaveLater(notice) : dismiss(notice.id));
    timers.set(notice.id, setTimeout(leave, SHOWN_MS));
  }

  function complete(id: number, content: NoticeContent): Notice {
    return { tone: 'plain', action: null, progress: null, ...content, id };
  }

  const notices: Notices = {
    get list() {
      return list;
    },
    show(content) {
      // The same failure twice is one message.
      const same = list.find(
        (one) => one.tone === 'bad' && content.tone === 'bad' && one.text === content.text,
      );
      if (same) return same.id;
      const notice = complete(nextId++, content);
      for (const old of list.filter((one) => one.tone !== 'busy').slice(0, -(MOST - 1))) dismiss(old.id);
      list = [...list, notice];
      leaveLater(notice);
      return notice.id;
    },
    change(id, content) {
      const notice = complete(id, content);
      if (!list.some((one) => one.id === id)) return;
      list = list.map((one) => (one.id === id ? notice : one));
      leaveLater(notice);
    },
    dismiss,
    undoable(text, undo) {
      const id = notices.show({
        text,
        action: {
          label: 'Undo',
          run: () => {
            dismiss(id);
            undo();
          },
        },
      });
    },
    failed(what, error) {
      const why = error instanceof Error ? error.message : String(error);
      return notices.show({ tone: 'bad', text: `${what}: ${why}` });
    },
    hold(value) {
      held = value;
    },
  };
  return notices;
}
