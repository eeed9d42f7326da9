/** What the application menu asks the window to do. */
export type MenuCommand =
  | 'connect'
  | 'new-endpoint'
  | 'duplicate-endpoint'
  | 'focus-address'
  | 'focus-filter'
  | 'find'
  | 'search-sessions'
  | 'toggle-sidebar'
  | 'export'
  | 'open-session-file'
  | 'library'
  | 'settings'
  | 'open-session-folder'
  | 'import-capture'
  | 'shortcuts'
  | 'palette'
  | 'next-theme';
