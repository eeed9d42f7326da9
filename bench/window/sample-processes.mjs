/** Processor time and memory of an app's processes, as the system counts them. */
import { readFile, readdir } from 'node:fs/promises';

/** Linux counts in hundredths of a second wherever Electron runs. */
const TICKS_A_SECOND = 100;

/**
 * Seconds of processor time so far of all processes of an app: main, windows, GPU and helpers. They are known by their user data
 * folder and by whose children they are. Null where the system does not tell (only Linux does, by /proc).
 */
export async function appCpuSeconds(electron) {
  const mainId = electron.process().pid;
  const stats = await readStats();
  if (!stats) return null;
  const own = new Set([mainId]);
  // Children of children: a few rounds find all.
  for (let depth = 0; depth < 5; depth += 1)
    for (const { id, parent } of stats) if (own.has(parent)) own.add(id);
  return stats.filter(({ id }) => own.has(id)).reduce((sum, { seconds }) => sum + seconds, 0);
}

async function readStats() {
  const names = await readdir('/proc').catch(() => null);
  if (!names) return null;
  const ids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(
    ids.map(async (id) => {
      // A process may end meanwhile.
      const text = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => null);
      if (text === null) return null;
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      return {
        id,
        parent: Number(fields[1]),
        seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND,
      };
    }),
  );
  return stats.filter((stat) => stat !== null);
}

/** Bytes of memory of main and the window, as Electron tells. */
export async function residentBytes(electron) {
  const kilobytes = await electron.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(({ type }) => type === 'Browser' || type === 'Tab')
      .reduce((sum, { memory }) => sum + memory.workingSetSize, 0),
  );
  return kilobytes * 1024;
}
