/** An Electron window with nothing in it: what start, memory and reading are compared with, on the runtime that runs the app. */
const { app, BrowserWindow } = require('electron');

void app.whenReady().then(() => {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(process.env.BENCH_PAGE ?? 'data:text/html,<!doctype html><title>Empty</title>');
  if (process.env.BENCH_READERS) globalThis.readers = require(process.env.BENCH_READERS).readers;
});
app.on('window-all-closed', () => app.quit());
