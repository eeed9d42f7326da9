/** The application menu. Its own items are sent to the window as commands; the rest are the system's roles. */
import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../shared/ipc/contract.ts';

export type SendMenuCommand = (command: MenuCommand) => void;

/** Sets the application menu. `send` is called for every item that the window carries out. */
export function installMenu(send: SendMenuCommand, platform: NodeJS.Platform): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(send, platform)));
}

function menuTemplate(send: SendMenuCommand, platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator !== undefined && { accelerator }),
    click: () => send(command),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const mac = platform === 'darwin';

  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        item('New Endpoint', 'new-endpoint', 'CmdOrCtrl+N'),
        item('Duplicate Endpoint', 'duplicate-endpoint', 'CmdOrCtrl+D'),
        separator,
        item('Library', 'library', 'CmdOrCtrl+Shift+O'),
        item('Open Session File…', 'open-session-file', 'CmdOrCtrl+O'),
        item('Open Session Folder…', 'open-session-folder'),
        item('Import Capture…', 'import-capture', 'CmdOrCtrl+I'),
        item('Export Session…', 'export', 'CmdOrCtrl+Shift+S'),
        separator,
        item('Settings…', 'settings', 'CmdOrCtrl+,'),
        separator,
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&Stream',
      submenu: [
        item('Connect or Stop', 'connect', 'CmdOrCtrl+Enter'),
        separator,
        item('Go to Address', 'focus-address', 'CmdOrCtrl+L'),
        item('Find', 'find', 'CmdOrCtrl+F'),
        item('Filter Events', 'focus-filter', 'CmdOrCtrl+Alt+F'),
        item('Search All Sessions', 'search-sessions', 'CmdOrCtrl+Shift+F'),
      ],
    },
    {
      label: '&View',
      submenu: [
        item('Command Palette', 'palette', 'CmdOrCtrl+K'),
        item('Sidebar', 'toggle-sidebar', 'CmdOrCtrl+B'),
        item('Next Theme', 'next-theme'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        { role: 'reload' },
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [item('Keyboard Shortcuts', 'shortcuts', 'CmdOrCtrl+Shift+/')],
    },
  ];
}
