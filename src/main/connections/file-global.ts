/**
 * undici reads the global `File` when it is loaded; Node 18, which Electron 25 brings, has it only in node:buffer. Import this
 * before undici.
 */
import { File } from 'node:buffer';

const globals: { File?: unknown } = globalThis;
globals.File ??= File;
