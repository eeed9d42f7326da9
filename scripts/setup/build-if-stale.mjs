/**
 * Builds the app into out/ when what it is made of has changed. "Changed" is a fingerprint of names, sizes and times of all
 * sources, kept beside the build: unlike a comparison of times it notices deleted files and older ones that came back.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inProject, root } from './project.mjs';
import { capture, lastLines } from './run.mjs';
import { SetupFailed, say } from './say.mjs';

const FOLDERS = ['src', 'resources'];
const FILES = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json'];
const OUTPUTS = ['main/index.cjs', 'main/cli.cjs', 'preload/index.cjs', 'renderer/index.html'];

const marker = inProject('out', '.sources');
const electronVite = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js');

export async function buildIsFresh() {
  if (!OUTPUTS.every((path) => existsSync(inProject('out', path)))) return false;
  return (await readFile(marker, 'utf8').catch(() => '')) === (await fingerprint());
}

export async function buildIfStale() {
  if (!(await buildIsFresh())) await build();
}

/** For those who write into out/ by other means: the next start builds anew. */
export function forgetBuild() {
  return rm(marker, { force: true });
}

export async function build() {
  say('Building …');
  const sources = await fingerprint();
  await forgetBuild();
  const { code, output } = await capture(process.execPath, [electronVite, 'build', '--logLevel', 'warn']);
  if (code !== 0) throw new SetupFailed(`The build failed.\n${lastLines(output, 40)}`);
  await writeFile(marker, sources);
  return output;
}

async function fingerprint() {
  const hash = createHash('sha256');
  const names = [...FILES];
  for (const folder of FOLDERS) {
    const entries = await readdir(inProject(folder), { recursive: true }).catch(() => []);
    names.push(...entries.map((name) => join(folder, name)));
  }
  for (const name of names.sort()) {
    const found = await stat(join(root, name)).catch(() => null);
    if (found?.isFile()) hash.update(`${name} ${found.size} ${found.mtimeMs}\n`);
  }
  return hash.digest('hex');
}
