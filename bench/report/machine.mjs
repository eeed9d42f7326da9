/** The machine that measured, in the terms that decide a figure. Nothing that names it. */
import { cpus, loadavg, release, totalmem } from 'node:os';

export function describeMachine(electron) {
  return {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.versions.node,
    electron,
    /** Above the number of cores, others were working too, and only the ratios mean something. */
    loadBefore: Math.round(loadavg()[0] * 10) / 10,
  };
}
