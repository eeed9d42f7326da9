/**
 * What the tests of the machine's sleep and of its network want besides Electron. On Debian as root it is installed; elsewhere
 * these tests are skipped and say what they want.
 */
import { existsSync } from 'node:fs';
import { canInstallPackages, findProgram, installPackages } from './system-packages.mjs';
import { SetupFailed, say } from './say.mjs';

const isThere = () =>
  findProgram('dbus-daemon') !== null &&
  findProgram('ip') !== null &&
  ['dbus', 'gi'].every((name) => existsSync(`/usr/lib/python3/dist-packages/${name}`));

/** Never fails: its absence costs two tests, not the run. */
export async function prepareSurroundings() {
  if (isThere() || !canInstallPackages) return;
  try {
    await installPackages(['surroundings'], 'Two tests put the machine to sleep and cut its network.');
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    say(error.message);
  }
}
