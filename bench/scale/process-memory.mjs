/**
 * What an app needs of memory, all its processes together: proportional set sizes where the system has them (Linux), which count
 * shared pages once; elsewhere the private bytes that the runtime tells.
 */
import { readdir, readFile } from 'node:fs/promises';

export async function appMemoryBytes(electron) {
  if (process.platform === 'linux') return treeBytes(electron.process().pid);
  const kilobytes = await electron.evaluate(({ app }) =>
    app.getAppMetrics().reduce((sum, { memory }) => sum + (memory.privateBytes ?? memory.workingSetSize), 0),
  );
  return kilobytes * 1024;
}

async function treeBytes(root) {
  const parents = new Map();
  for (const name of await readdir('/proc')) {
    if (/^\d+$/.test(name)) parents.set(Number(name), await parentOf(name));
  }
  const isInTree = (pid) => pid === root || (parents.has(pid) && isInTree(parents.get(pid)));
  const sizes = await Promise.all([...parents.keys()].filter(isInTree).map(proportionalBytes));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

/** A process may end while it is looked at. */
async function parentOf(pid) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') S 0');
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
}

async function proportionalBytes(pid) {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024;
}
