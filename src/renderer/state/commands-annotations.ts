/** The commands that act on bookmarks and notes. The keys b and n are the list's own. */
import type { AppState } from './app-state.ts';
import type { Command } from './commands.ts';

export function annotationCommands(app: AppState, hasSession: () => boolean): readonly Command[] {
  const hasMarks = () => (app.session?.annotations.list.length ?? 0) > 0;
  const hasEntry = () => app.session?.selectedSeq != null;
  const jump = (step: 1 | -1) => {
    const next = app.session?.annotations.next(app.session.selectedSeq, step);
    if (next) app.session?.select(next.seq);
  };
  return [
    {
      id: 'bookmark',
      group: 'Sessions',
      label: 'Bookmark the selected event, or take its bookmark away',
      enabled: hasEntry,
      run: () => {
        if (app.session?.selectedSeq != null) app.session.annotations.toggleBookmark(app.session.selectedSeq);
      },
    },
    {
      id: 'write-note',
      group: 'Sessions',
      label: 'Write a note on the selected event',
      enabled: hasEntry,
      run: () => {
        if (app.session) app.session.annotations.writing = true;
      },
    },
    {
      id: 'annotations',
      group: 'Sessions',
      label: 'Bookmarks and notes…',
      keys: 'Mod+Shift+B',
      enabled: hasSession,
      run: () => app.asks.send('open-annotations'),
    },
    {
      id: 'next-annotation',
      group: 'Sessions',
      label: 'Next bookmark or note',
      keys: 'F4',
      enabled: hasMarks,
      run: () => jump(1),
    },
    {
      id: 'previous-annotation',
      group: 'Sessions',
      label: 'Previous bookmark or note',
      keys: 'Shift+F4',
      enabled: hasMarks,
      run: () => jump(-1),
    },
  ];
}
