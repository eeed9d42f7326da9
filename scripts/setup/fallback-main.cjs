/**
 * What the fallback runtime starts with, in place of Electron's own default app: it takes an application folder from the
 * command line and runs it, so that `electron .` and Playwright work as with the official runtime. Packed into
 * default_app.asar by fallback-runtime.mjs; runs inside Electron 25, never elsewhere.
 */
const Module = require('node:module');
const path = require('node:path');
const fs = require('node:fs');
const { app } = require('electron');

// Node 18 has File only in node:buffer; undici 7 expects the global one of Node 20.
globalThis.File ??= require('node:buffer').File;

const preloads = [];
let folder = null;
const args = process.argv.slice(1);
for (let at = 0; at < args.length && folder === null; at++) {
  const arg = args[at];
  if (arg === '--version' || arg === '-v') {
    process.stdout.write(`v${process.versions.electron}\n`);
    process.exit(0);
  } else if (arg === '-r' || arg === '--require') {
    preloads.push(args[++at]);
  } else if (!arg.startsWith('-')) {
    folder = path.resolve(arg);
  }
}

if (folder === null) {
  process.stderr.write('Usage: electron [switches] FOLDER [arguments]\n');
  process.exit(2);
}

Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
if (preloads.length > 0) Module._preloadModules(preloads);

const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
app.setAppPath(folder);
Module._load(path.resolve(folder, manifest.main), null, true);
