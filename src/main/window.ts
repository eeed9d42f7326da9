/**
 * The one window: sandboxed, isolated, without a way to navigate, to open others or to ask for permissions. Knows nothing of
 * sessions; captures go on whatever happens to it.
 */
import { BrowserWindow, dialog, nativeTheme, screen, shell, type WebContents } from 'electron';
import { offerTextMenu } from './context-menu.ts';
import { reportFault } from './fault-report.ts';
import type { Page } from './page-protocol.ts';
import { boundsOnScreen, MIN_SIZE, type WindowPlace } from './window-place.ts';

/** The window's first colour, before the page paints: `--surface-0` of both themes. */
const BACKGROUND = { light: '#ffffff', dark: '#0b1012' } as const;

export interface WindowDeps {
  readonly page: Page;
  readonly preloadPath: string;
  readonly iconPath: string;
  /** Where the window was when it was closed last; null at the first start. */
  readonly place: WindowPlace | null;
  readonly onPlaceChange: (place: WindowPlace) => void;
  /** The window waits for this, besides its first picture, before it shows itself. */
  readonly settled: Promise<unknown>;
  readonly onShown: () => void;
}

/** Opens the window; it shows itself when its first picture is ready and it may. */
export function openWindow(deps: WindowDeps): BrowserWindow {
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...boundsOnScreen(deps.place, workAreas),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    title: 'Streamscope',
    icon: deps.iconPath,
    backgroundColor: background(),
    webPreferences: {
      preload: deps.preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  });
  if (deps.place?.maximized) window.maximize();
  const drawn = new Promise<void>((resolve) => {
    window.once('ready-to-show', () => resolve());
  });
  // A start that fails says so itself, and opens no window.
  Promise.all([drawn, deps.settled]).then(
    () => {
      if (window.isDestroyed()) return;
      window.show();
      deps.onShown();
    },
    () => undefined,
  );
  lock(window.webContents, deps.page.origin);
  reportPlace(window, deps.onPlaceChange);
  offerReload(window);
  offerTextMenu(window);
  followTheme(window);
  // A page that fails to load shows Chromium's own error page; the rejection would say the same a second time.
  window.loadURL(deps.page.url).catch((error: unknown) => reportFault('loading the page', error));
  return window;
}

function background(): string {
  return BACKGROUND[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'];
}

/** What shows at the edges while the window is resized. */
function followTheme(window: BrowserWindow): void {
  const follow = () => window.setBackgroundColor(background());
  nativeTheme.on('updated', follow);
  window.on('closed', () => nativeTheme.off('updated', follow));
}

/** Links in captured data never open by themselves: only http and https, and only from a click. */
function lock(contents: WebContents, origin: string): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (isWebAddress(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event, url) => {
    if (!url.startsWith(`${origin}/`)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(permission === 'clipboard-sanitized-write');
  });
  contents.session.setPermissionCheckHandler(
    (_contents, permission) => permission === 'clipboard-sanitized-write',
  );
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

function reportPlace(window: BrowserWindow, onChange: (place: WindowPlace) => void): void {
  const report = () => {
    if (!window.isMinimized()) onChange({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  };
  window.on('resize', report);
  window.on('move', report);
  window.on('maximize', report);
  window.on('unmaximize', report);
}

/** The page is only a view: when it crashes, a new one shows the same captures. */
function offerReload(window: BrowserWindow): void {
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    reportFault('the page', new Error(`its process is gone: ${reason}`));
    const options = {
      type: 'warning' as const,
      message: 'The window stopped working.',
      detail: 'Captures go on and nothing that was received is lost. Reload the window to see them again.',
      buttons: ['Reload', 'Close'],
      cancelId: 1,
    };
    void dialog.showMessageBox(window, options).then(({ response }) => {
      if (window.isDestroyed()) return;
      if (response === 0) window.webContents.reload();
      else window.close();
    });
  });
}
