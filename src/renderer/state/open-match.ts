/** Shows an entry that a query found in some session, with the query as what is looked for there. */
import type { AppState } from './app-state.ts';

export function openMatch(app: AppState, sessionId: string, seq: number, query: string): void {
  app.overlay = null;
  app.selectSession(sessionId);
  app.setUi({ tab: 'events' });
  const { session } = app;
  if (session?.sessionId !== sessionId) return;
  // The filter of another session could hide it.
  session.setFilter({ hiddenKinds: [], text: '' });
  session.find.show(query);
  session.find.goTo(seq);
}
