/** Peers and limits that may not be installed: where each is, and how to get it. */
import { createRequire } from 'node:module';
import { findProgram } from '../../scripts/setup/system-packages.mjs';

const require = createRequire(import.meta.url);

const program = (...names) => names.map(findProgram).find((path) => path !== null) ?? null;

function npmPackage(name) {
  try {
    return require.resolve(name);
  } catch {
    return null;
  }
}

const PEERS = {
  curl: { what: 'curl', find: () => program('curl'), get: 'install curl, for example: apt-get install curl' },
  grep: { what: 'grep', find: () => program('grep'), get: 'install grep, for example: apt-get install grep' },
  chromium: {
    what: 'a current Chromium',
    find: () =>
      process.env.STREAMSCOPE_CHROMIUM ??
      program('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'),
    get: 'install Chromium (apt-get install chromium), or name one in STREAMSCOPE_CHROMIUM',
  },
  mitmdump: {
    what: 'mitmdump',
    find: () => program('mitmdump'),
    get: 'install mitmproxy, for example: pipx install mitmproxy',
  },
  eventsource: {
    what: 'the npm package eventsource',
    find: () => npmPackage('eventsource'),
    get: 'npm install --no-save eventsource',
  },
};

/** `locate` finds a peer by its entry; for tests. */
export function createPeers(locate = (peer) => peer.find()) {
  const missed = new Set();
  return {
    /** The path of a program or of a package's entry; null when it is not there. */
    find(name) {
      const peer = PEERS[name];
      if (!peer) throw new Error(`There is no peer "${name}"; there are ${Object.keys(PEERS).join(', ')}`);
      const path = locate(peer);
      if (path === null) missed.add(name);
      return path;
    },
    /** A sentence about each that was looked for and is not there. */
    missing: () => [...missed].map((name) => `Without ${PEERS[name].what}. To have it: ${PEERS[name].get}`),
  };
}
