/** Composition root of the app: wiring only. */
import { join } from 'node:path';
import { app, session } from 'electron';
import { installMenu } from './menu.ts';
import { declarePageScheme, servePage } from './page-protocol.ts';
import { openWindow } from './window.ts';

declarePageScheme();
void app.whenReady().then(() => {
  const files = app.getAppPath();
  const page = servePage(
    session.defaultSession,
    join(files, 'out/renderer'),
    process.env['ELECTRON_RENDERER_URL'] ?? null,
  );
  installMenu(() => undefined, process.platform);
  openWindow({
    page,
    preloadPath: join(files, 'out/preload/index.cjs'),
    iconPath: join(files, 'resources/icon.png'),
    place: null,
    onPlaceChange: () => undefined,
  });
});
