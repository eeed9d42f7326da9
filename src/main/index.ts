/** Composition root of the app: wiring only. */
import { join } from 'node:path';
import { app, dialog, nativeTheme, session, type BrowserWindow } from 'electron';
import type { AppServices } from './app-host.ts';
import { closeBeforeQuit } from './closing.ts';
import { catchFaults, reportFault } from './fault-report.ts';
import { createDesktopNotices } from './desktop-notices.ts';
import { createHostDialogs } from './host-dialogs.ts';
import { electronSystem } from './electron-system.ts';
import { createElectronServer } from './ipc/electron-server.ts';
import { createLaterVisits } from './ipc/later-visit.ts';
import { handedFiles, launchFiles } from './launch-file.ts';
import { handedFolder, launchFolder } from './launch-folder.ts';
import { handedUrl, launchUrl, type Handover } from './launch-url.ts';
import { createKeychain } from './keychain.ts';
import { installMenu } from './menu.ts';
import { declarePageScheme, servePage } from './page-protocol.ts';
import { watchSystem } from './system-watch.ts';
import { parseWindowPlace } from './window-place.ts';
import { openWindow } from './window.ts';
import { createJsonFile } from './workspace/json-file.ts';

const openUrl = launchUrl(process.argv.slice(1));
// npm starts its scripts in the project's folder; INIT_CWD is where the user was.
const whereFrom = process.env['INIT_CWD'] ?? process.cwd();
const openFolder = launchFolder(process.argv.slice(1), whereFrom);
const openFiles = [...launchFiles(process.argv.slice(1), whereFrom)];
const handover: Handover = { openUrl, openFolder, openFiles };
/** macOS hands files over by an event, which may come before the app is ready. */
let openFile = (path: string): void => void openFiles.push(path);
app.on('open-file', (event, path) => {
  event.preventDefault();
  openFile(path);
});

declarePageScheme();
if (app.requestSingleInstanceLock(handover)) {
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      reportFault('starting', error);
      dialog.showErrorBox(
        'Streamscope could not start',
        error instanceof Error ? error.message : String(error),
      );
      app.exit(1);
    });
} else {
  app.exit(0);
}

async function start(): Promise<void> {
  const files = app.getAppPath();
  const dataFolder = app.getPath('userData');
  let window: BrowserWindow | null = null;
  const dialogs = createHostDialogs(() => window);
  catchFaults(dialogs.sayFault);
  const notices = createDesktopNotices({
    isSeen: () => window?.isFocused() ?? false,
    show(sessionId) {
      showWindow();
      void opening.then((services) => services.broadcast('app:open-session', sessionId));
    },
  });

  const placeFile = createJsonFile(join(dataFolder, 'window.json'), (error) =>
    reportFault('saving the place of the window', error),
  );
  const page = servePage(
    session.defaultSession,
    join(files, 'out', 'renderer'),
    process.env['ELECTRON_RENDERER_URL'] ?? null,
  );
  let place = parseWindowPlace(await placeFile.read().catch(() => null));
  // Of the window the process, the page and its fonts, here most of the program and the endpoints: side by side.
  const opening = page.taken.then(makeServices);
  const server = createElectronServer(page.origin, createLaterVisits(opening.then((made) => made.openVisit)));
  const showWindow = () => {
    if (window) {
      if (window.isMinimized()) window.restore();
      window.focus();
      return;
    }
    window = openWindow({
      page,
      preloadPath: join(files, 'out', 'preload', 'index.cjs'),
      iconPath: join(files, 'resources', 'icon.png'),
      place,
      onPlaceChange(next) {
        place = next;
        placeFile.save(next);
      },
      // In the theme that was chosen.
      settled: opening,
      onShown: () => void opening.then((services) => services.warmUp()),
    });
    server.attach(window.webContents);
    window.on('focus', () => {
      notices.seen();
      opening
        .then((services) => services.refreshWorkspace())
        .catch((error: unknown) => reportFault('reading the endpoints again', error));
    });
    window.on('closed', () => (window = null));
  };

  async function makeServices(): Promise<AppServices> {
    const { createAppServices } = await import('./app-services.ts');
    const services = await createAppServices({
      about: {
        version: app.getVersion(),
        electron: process.versions.electron,
        platform: process.platform,
      },
      dataFolder,
      openUrl,
      openFolder,
      openFiles,
      searchWorker: join(files, 'out', 'main', 'search-worker.cjs'),
      askFolder: dialogs.askFolder,
      askFile: dialogs.askFile,
      systemProxy: (url) => session.defaultSession.resolveProxy(url),
      cipher: createKeychain(),
      askPlace: dialogs.askPlace,
      reveal: dialogs.reveal,
      say: dialogs.say,
      notify: notices.notify,
      onUi: ({ theme }) => (nativeTheme.themeSource = theme),
      onFault: reportFault,
    });
    nativeTheme.themeSource = services.workspace.ui.theme;
    return services;
  }

  let endWatch: (() => void) | null = null;
  const closeServices = () => opening.then((services) => services.close());
  closeBeforeQuit(app, [async () => endWatch?.(), closeServices, placeFile.flush], reportFault);
  app.on('second-instance', (_event, _argv, _folder, data) => {
    showWindow();
    const url = handedUrl(data);
    const folder = handedFolder(data);
    void opening.then((services) => {
      if (url !== null) services.broadcast('app:open-url', url);
      if (folder !== null) void services.showFolder(folder);
      for (const path of handedFiles(data)) services.openFile(path);
    });
  });
  openFile = (path) => {
    showWindow();
    void opening.then((services) => services.openFile(path));
  };
  app.on('activate', showWindow);
  // On macOS an app without windows goes on, and so do its captures.
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  installMenu(
    (command) => void opening.then((services) => services.broadcast('app:menu', command)),
    process.platform,
  );
  showWindow();

  const services = await opening;
  endWatch = watchSystem(electronSystem(), services.systemChanged);
}
