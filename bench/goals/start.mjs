/** From the start of the program to a page that is loaded: the app against an empty window of the same Electron. */
import { openApp, openPeer } from '../window/open-electron.mjs';
import { ratioRow } from '../report/rows.mjs';

export async function run({ env, rounds, say }) {
  const pairs = [];
  for (let round = 1; round <= rounds; round += 1) {
    say(`round ${round} of ${rounds}`);
    const peer = await openPeer(env, {});
    await peer.close();
    const app = await openApp(env);
    await app.page.getByRole('textbox', { name: 'Address' }).waitFor();
    await app.close();
    pairs.push([app.startMs, peer.startMs]);
  }
  return [
    ratioRow({
      id: 'start',
      what: 'start to a loaded window: empty window',
      unit: 'ms',
      pairs,
      target: { atMost: 1.4 },
    }),
  ];
}
