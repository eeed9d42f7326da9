/** The commands that act on streams, endpoints and sessions. */
import type { AppState } from './app-state.ts';
import { SNIPPETS } from '../../shared/snippet/registry.ts';
import type { SteerAction } from '../../shared/connection/types.ts';
import type { Command } from './commands.ts';
import { annotationCommands } from './commands-annotations.ts';
import { BLANK_REQUEST } from '../../shared/connection/blank-request.ts';

export function streamCommands(app: AppState): readonly Command[] {
  const statusOfLive = () => (app.liveId === null ? undefined : app.connections.statuses.get(app.liveId));
  const steer = (action: SteerAction) => {
    if (app.liveId !== null) app.connections.steer(app.liveId, action);
  };
  return [
    {
      id: 'connect',
      group: 'Stream',
      label: 'Connect or stop',
      keys: 'Mod+Enter',
      run: () => (app.liveId === null ? void app.connect() : app.stop()),
    },
    {
      id: 'run-several',
      group: 'Stream',
      label: 'Run several times or against several endpoints…',
      enabled: () => app.composing.reading?.composition != null,
      run: () => (app.overlay = 'runs'),
    },
    {
      id: 'reconnect-now',
      group: 'Stream',
      label: 'Reconnect now',
      keys: 'Mod+Shift+Enter',
      enabled: () => app.liveId !== null,
      run: () => {
        if (app.liveId !== null) app.connections.reconnectNow(app.liveId);
      },
    },
    {
      id: 'drop-connection',
      group: 'Stream',
      label: 'Drop the connection, as a lost network would',
      keys: 'Mod+Shift+X',
      enabled: () => statusOfLive()?.state === 'open' || statusOfLive()?.state === 'connecting',
      run: () => steer({ kind: 'drop' }),
    },
    {
      id: 'pause-reconnecting',
      group: 'Stream',
      label: 'Pause reconnecting, or let it reconnect again',
      keys: 'Mod+Shift+U',
      enabled: () => app.liveId !== null,
      run: () => steer({ kind: statusOfLive()?.paused ? 'resume' : 'pause' }),
    },
    {
      id: 'choose-last-event-id',
      group: 'Stream',
      label: 'Choose the Last-Event-ID of the next attempt…',
      keys: 'Mod+Shift+L',
      enabled: () => app.session !== null && app.connections.isLive(app.session.sessionId),
      run: () => app.asks.send('choose-last-event-id'),
    },
    {
      id: 'restart',
      group: 'Stream',
      label: 'Stop and connect again',
      enabled: () => app.liveId !== null,
      run: () => void app.restart(),
    },
    {
      id: 'stop-all',
      group: 'Stream',
      label: 'Stop all streams',
      enabled: () => app.connections.live.length > 0,
      run: () => {
        for (const live of app.connections.live) app.connections.stop(live.id);
      },
    },
  ];
}

export function endpointCommands(app: AppState, hasEndpoint: () => boolean): readonly Command[] {
  const onEndpoint = (run: (id: string) => void) => () => {
    if (app.form.endpoint) run(app.form.endpoint.id);
  };
  const copy = (label: string, text: string) => {
    navigator.clipboard.writeText(text).then(
      () => app.notices.show({ text: `Copied the request as ${label}` }),
      (error: unknown) => app.notices.failed('The request was not copied', error),
    );
  };
  return [
    {
      id: 'new-endpoint',
      group: 'Endpoints',
      label: 'New endpoint',
      keys: 'Mod+N',
      run: () => {
        app.newRequest(BLANK_REQUEST);
        app.asks.send('focus-address');
      },
    },
    {
      id: 'choose-environment',
      group: 'Endpoints',
      label: 'Switch the environment',
      keys: 'Mod+E',
      run: () => app.asks.send('choose-environment'),
    },
    {
      id: 'edit-environments',
      group: 'Endpoints',
      label: 'Edit environments and variables…',
      run: () => (app.overlay = 'environments'),
    },
    {
      id: 'import-endpoints',
      group: 'Endpoints',
      label: 'Import endpoints…',
      run: () => (app.overlay = 'import'),
    },
    {
      id: 'new-folder',
      group: 'Endpoints',
      label: 'New folder',
      run: () => void app.endpoints.addFolder(null, 'New folder'),
    },
    {
      id: 'save-endpoint',
      group: 'Endpoints',
      label: 'Save the request',
      keys: 'Mod+S',
      enabled: () => app.form.unsaved,
      run: () => app.form.save(),
    },
    {
      id: 'discard-edits',
      group: 'Endpoints',
      label: 'Discard the changes to the request',
      enabled: () => app.form.unsaved && hasEndpoint(),
      run: () => app.form.discard(),
    },
    {
      id: 'duplicate-endpoint',
      group: 'Endpoints',
      label: 'Duplicate the endpoint',
      keys: 'Mod+D',
      enabled: hasEndpoint,
      run: onEndpoint((id) => {
        const copy = app.endpoints.duplicate(id);
        if (copy) app.selectEndpoint(copy.id);
      }),
    },
    {
      id: 'copy-curl',
      group: 'Endpoints',
      label: 'Copy the request as cURL',
      enabled: () => app.form.request.url !== '',
      run: () => copy('cURL', app.form.asCurl()),
    },
    ...SNIPPETS.map((format): Command => ({
      id: `copy-${format.id}`,
      group: 'Endpoints',
      label: `Copy the request as ${format.label}`,
      enabled: () => app.form.request.url !== '',
      run: () => copy(format.label, app.form.asSnippet(format)),
    })),
    {
      id: 'rename-endpoint',
      group: 'Endpoints',
      label: 'Rename the endpoint',
      enabled: hasEndpoint,
      run: () => app.asks.send('rename-endpoint'),
    },
    {
      id: 'delete-endpoint',
      group: 'Endpoints',
      label: 'Delete the endpoint',
      enabled: hasEndpoint,
      run: onEndpoint((id) => app.endpoints.remove(id)),
    },
  ];
}

export function sessionCommands(app: AppState, hasSession: () => boolean): readonly Command[] {
  return [
    {
      id: 'open-session-file',
      group: 'Sessions',
      label: 'Open a session file (.streamscope)…',
      keys: 'Mod+O',
      run: () => void app.sessionFiles.choose(),
    },
    {
      id: 'library',
      group: 'Sessions',
      label: 'Library: all sessions',
      keys: 'Mod+Shift+O',
      run: () => {
        app.compare.close();
        app.replays.close();
        app.library.shown = !app.library.shown;
      },
    },
    {
      id: 'open-session-folder',
      group: 'Sessions',
      label: 'Open a session folder…',
      run: () => void app.openSessionFolder(),
    },
    {
      id: 'import-capture',
      group: 'Sessions',
      label: 'Import a capture: file or pasted text…',
      keys: 'Mod+I',
      run: () => (app.overlay = 'import-capture'),
    },
    {
      id: 'export',
      group: 'Sessions',
      label: 'Export the session…',
      keys: 'Mod+Shift+S',
      enabled: hasSession,
      run: () => app.asks.send('open-export'),
    },
    ...annotationCommands(app, hasSession),
    {
      id: 'compare',
      group: 'Sessions',
      label: 'Compare answers',
      run: () => app.compare.open(),
    },
    {
      id: 'compare-sessions',
      group: 'Sessions',
      label: 'Compare two sessions, event beside event',
      run: () => app.diffs.open(app.ui.sessionId, null),
    },
    {
      id: 'replay-session',
      group: 'Sessions',
      label: 'Replay the session…',
      keys: 'Mod+Shift+R',
      enabled: hasSession,
      run: () => {
        if (app.session) void app.replays.open(app.session.sessionId);
      },
    },
    {
      id: 'rename-session',
      group: 'Sessions',
      label: 'Rename the session',
      enabled: hasSession,
      run: () => app.asks.send('rename-session'),
    },
    {
      id: 'delete-session',
      group: 'Sessions',
      label: 'Delete the session',
      enabled: () => app.session !== null && !app.connections.isLive(app.session.sessionId),
      run: () => {
        if (app.session) app.removeSession(app.session.sessionId);
      },
    },
  ];
}
