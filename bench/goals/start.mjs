/** From the start of the program to a window that can be used: the app against an empty window of the same Electron. */
import { openApp, openPeer } from '../window/open-electron.mjs';
import { ratioRow } from '../report/rows.mjs';

export const summary = 'from the start of the program to a window that can be used';

export async function run({ env, rounds, say }) {
  const pairs = [];
  for (let round = 1; round <= rounds; round += 1) {
    say(`round ${round} of ${rounds}`);
    const peer = await openPeer(env, {});
    await peer.close();
    const app = await openApp(env);
    const loadedMs = performance.now();
    await app.page.getByRole('textbox', { name: 'Address' }).waitFor();
    const usableMs = app.startMs + performance.now() - loadedMs;
    await app.close();
    pairs.push([usableMs, peer.startMs]);
  }
  return [
    ratioRow({
      id: 'start',
      what: 'start to a window with its address bar: empty window',
      unit: 'ms',
      pairs,
      target: { atMost: 1.4 },
    }),
  ];
}
