/** Refuses a Node that the tools cannot run on, in words instead of a stack trace. */
import { SetupFailed } from './say.mjs';

/** What Vite 8 asks for. */
const OLDEST_20 = [20, 19];
const OLDEST_22 = [22, 12];

export function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const enough =
    major === OLDEST_20[0]
      ? minor >= OLDEST_20[1]
      : major > OLDEST_22[0] || (major === OLDEST_22[0] && minor >= OLDEST_22[1]);
  if (enough) return;
  throw new SetupFailed(
    `Node ${version} is too old.`,
    'Install Node 20.19 or newer, 22.12 or newer, or 24 (https://nodejs.org), then run the command again.',
  );
}
