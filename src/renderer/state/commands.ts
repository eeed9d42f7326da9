/**
 * Every command of the window, once: the palette, the keys and the application menu all take it from here. Commands read the
 * state when asked, so the list itself never changes.
 */
import { tick } from 'svelte';
import type { MenuCommand } from '../../shared/ipc/contract.ts';
import type { MainTab, ThemeChoice } from '../../shared/workspace/workspace.ts';
import type { AppState } from './app-state.ts';
import { endpointCommands, sessionCommands, streamCommands } from './commands-actions.ts';
import { THEME_CHOICES } from './app-theme.svelte.ts';

export interface Command {
  readonly id: string;
  readonly group: 'Stream' | 'Endpoints' | 'Sessions' | 'View' | 'Go to';
  readonly label: string;
  readonly keys?: string;
  /** Missing: always. */
  readonly enabled?: () => boolean;
  readonly run: () => void;
}

export const MAIN_TABS: readonly { readonly id: MainTab; readonly label: string }[] = [
  { id: 'events', label: 'Events' },
  { id: 'timeline', label: 'Timeline' },
  { id: 'completion', label: 'Completion' },
  { id: 'connection', label: 'Connection' },
  { id: 'raw', label: 'Raw' },
  { id: 'checks', label: 'Checks' },
];

const THEME_LABELS: Readonly<Record<ThemeChoice, string>> = {
  system: 'Theme: follow the system',
  light: 'Theme: light',
  dark: 'Theme: dark',
};

export function createCommands(app: AppState): readonly Command[] {
  const hasSession = () => app.session !== null;
  const hasEndpoint = () => app.form.endpoint !== undefined;
  return [
    ...streamCommands(app),
    ...endpointCommands(app, hasEndpoint),
    ...sessionCommands(app, hasSession),
    ...viewCommands(app),
  ];
}

function viewCommands(app: AppState): readonly Command[] {
  const toggleSidebar = () => app.setUi({ sidebarHidden: !app.ui.sidebarHidden });
  const nextTheme = () => {
    const at = THEME_CHOICES.indexOf(app.ui.theme);
    app.setUi({ theme: THEME_CHOICES[(at + 1) % THEME_CHOICES.length] ?? 'system' });
  };
  return [
    ...MAIN_TABS.map(({ id, label }, at): Command => ({
      id: `tab-${id}`,
      group: 'View',
      label: `Show ${label}`,
      keys: `Mod+${at + 1}`,
      run: () => app.setUi({ tab: id }),
    })),
    {
      id: 'focus-address',
      group: 'View',
      label: 'Go to the address',
      keys: 'Mod+L',
      run: () => app.asks.send('focus-address'),
    },
    {
      id: 'focus-filter',
      group: 'View',
      label: 'Filter the events',
      keys: 'Mod+Alt+F',
      enabled: () => app.session !== null,
      run: () => {
        app.setUi({ tab: 'events' });
        // The list has to be there before it can be asked.
        void tick().then(() => app.asks.send('focus-filter'));
      },
    },
    {
      id: 'find',
      group: 'View',
      label: 'Find in the events',
      keys: 'Mod+F',
      enabled: () => app.session !== null,
      run: () => {
        app.setUi({ tab: 'events' });
        app.session?.find.show();
        void tick().then(() => app.asks.send('focus-find'));
      },
    },
    {
      id: 'find-next',
      group: 'View',
      label: 'Next match',
      keys: 'F3',
      enabled: () => app.session?.find.open === true,
      run: () => void app.session?.find.go(1),
    },
    {
      id: 'find-previous',
      group: 'View',
      label: 'Previous match',
      keys: 'Shift+F3',
      enabled: () => app.session?.find.open === true,
      run: () => void app.session?.find.go(-1),
    },
    {
      id: 'search-sessions',
      group: 'View',
      label: 'Search all sessions',
      keys: 'Mod+Shift+F',
      run: () => (app.overlay = 'search'),
    },
    {
      id: 'toggle-sidebar',
      group: 'View',
      label: 'Show or hide the sidebar',
      keys: 'Mod+B',
      run: toggleSidebar,
    },
    { id: 'next-theme', group: 'View', label: 'Next theme', run: nextTheme },
    ...THEME_CHOICES.map((theme): Command => ({
      id: `theme-${theme}`,
      group: 'View',
      label: THEME_LABELS[theme],
      run: () => app.setUi({ theme }),
    })),
    {
      id: 'settings',
      group: 'View',
      label: 'Settings…',
      keys: 'Mod+,',
      run: () => (app.overlay = 'settings'),
    },
    {
      id: 'palette',
      group: 'View',
      label: 'Command palette',
      keys: 'Mod+K',
      run: () => (app.overlay = 'palette'),
    },
    {
      id: 'shortcuts',
      group: 'View',
      label: 'Keyboard shortcuts',
      keys: 'Mod+Shift+/',
      run: () => (app.overlay = 'shortcuts'),
    },
  ];
}

/** What can be gone to at this moment: endpoints and the newest sessions. */
export function destinations(app: AppState): readonly Command[] {
  const MOST_SESSIONS = 50;
  const endpoints = app.endpoints.nodes.flatMap((node): Command[] =>
    node.kind === 'endpoint'
      ? [
          {
            id: `endpoint-${node.id}`,
            group: 'Go to',
            label: node.name,
            run: () => app.selectEndpoint(node.id),
          },
        ]
      : [],
  );
  const sessions = app.connections.sessions.slice(0, MOST_SESSIONS).map((session): Command => ({
    id: `session-${session.id}`,
    group: 'Go to',
    label: `Session: ${session.name}`,
    run: () => app.selectSession(session.id),
  }));
  return [...endpoints, ...sessions];
}

/** Runs a command by its name, unless it cannot be run now. The application menu uses the same names. */
export function runCommand(commands: readonly Command[], id: MenuCommand | (string & {})): boolean {
  const command = commands.find((one) => one.id === id);
  if (!command || command.enabled?.() === false) return false;
  command.run();
  return true;
}
