/**
 * The distribution's packages: what a thing is called here and how it is installed. On Debian and Ubuntu as root they are
 * installed; everywhere else the one command is printed for somebody who may.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { capture, isRoot, lastLines } from './run.mjs';
import { SetupFailed, say } from './say.mjs';

const MANAGERS = [
  { program: 'apt-get', command: (names) => `apt-get update && apt-get install -y ${names}` },
  { program: 'dnf', command: (names) => `dnf install -y ${names}` },
  { program: 'pacman', command: (names) => `pacman -S --needed ${names}` },
  { program: 'zypper', command: (names) => `zypper install -y ${names}` },
];

/** Names by package manager. */
const PACKAGES = {
  electron: {
    'apt-get': ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1'],
    dnf: ['gtk3', 'nss', 'alsa-lib', 'mesa-libgbm', 'libXScrnSaver'],
    pacman: ['gtk3', 'nss', 'alsa-lib', 'mesa', 'libxss'],
    zypper: ['libgtk-3-0', 'mozilla-nss', 'libasound2', 'libgbm1', 'libXss1'],
  },
  display: {
    'apt-get': ['xvfb'],
    dnf: ['xorg-x11-server-Xvfb'],
    pacman: ['xorg-server-xvfb'],
    zypper: ['xorg-x11-server-Xvfb'],
  },
  /** A system bus and its Python bindings, for the test of sleep and wake; virtual networks, for that of the network. */
  surroundings: {
    'apt-get': ['dbus', 'python3-dbus', 'python3-gi', 'iproute2'],
    dnf: ['dbus-daemon', 'python3-dbus', 'python3-gobject-base', 'iproute'],
    pacman: ['dbus', 'python-dbus', 'python-gobject', 'iproute2'],
    zypper: ['dbus-1', 'python3-dbus-python', 'python3-gobject', 'iproute2'],
  },
  chromium: { 'apt-get': ['chromium'], dnf: ['chromium'], pacman: ['chromium'], zypper: ['chromium'] },
};

/** The full path of a program, or null. */
export function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/sbin', '/bin', '/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

export const canInstallPackages = isRoot && process.platform === 'linux' && findProgram('apt-get') !== null;

/** Installs what `things` (keys of PACKAGES) need, or throws with the command to run. */
export async function installPackages(things, why) {
  if (!canInstallPackages)
    throw new SetupFailed(
      why,
      `Run this once, then the command again:\n\n  ${await installCommand(things)}\n`,
    );
  say(`${why}\nInstalling with apt-get: ${namesFor(things, 'apt-get').join(' ')} …`);
  await apt('update', '-q');
  await apt('install', '-y', '-q', '--no-install-recommends', ...(await currentNames(things)));
}

/** The one command that a person can run. */
export async function installCommand(things) {
  const manager = MANAGERS.find(({ program }) => findProgram(program));
  if (!manager) return `(your package manager) install ${namesFor(things, 'apt-get').join(' ')}`;
  const names =
    manager.program === 'apt-get' ? await currentNames(things) : namesFor(things, manager.program);
  const command = manager.command(names.join(' '));
  return isRoot ? command : `sudo sh -c '${command}'`;
}

const namesFor = (things, program) => things.flatMap((thing) => PACKAGES[thing][program]);

const currentNames = (things) => Promise.all(namesFor(things, 'apt-get').map(currentName));

/** Ubuntu 24.04 and Debian 13 renamed libraries with 64-bit time, and not every old name still installs. */
async function currentName(name) {
  const renamed = `${name}t64`;
  const { code } = await capture('apt-cache', ['show', renamed]);
  return code === 0 ? renamed : name;
}

async function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { code, output } = await capture('apt-get', args, { env });
  if (code === 0) return;
  throw new SetupFailed(
    `apt-get ${args[0]} failed.\n${lastLines(output)}`,
    'Check that this machine reaches its package sources (for a proxy: http_proxy), then run the command again.',
  );
}
