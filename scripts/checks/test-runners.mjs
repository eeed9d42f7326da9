/** Runs vitest and Playwright, attached to the terminal or quietly, and counts from their JSON reports. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, inProject } from '../setup/project.mjs';
import { attach, capture } from '../setup/run.mjs';
import { tallyOfPlaywright, tallyOfVitest, withExitCode } from './tally.mjs';

const vitest = inProject('node_modules', 'vitest', 'vitest.mjs');
const playwright = inProject('node_modules', '@playwright', 'test', 'cli.js');

/** Colours are for terminals, not for logs. Each runner has its own word for it, and both together earn a warning. */
const plain = process.stdout.isTTY ? {} : { vitest: { NO_COLOR: '1' }, playwright: { FORCE_COLOR: '0' } };

/** Resolves to a tally. `quiet`: what it prints is shown only when something failed. */
export function runVitest(args, { quiet = false } = {}) {
  return runWithReport('vitest', tallyOfVitest, quiet, (report) => ({
    args: [
      vitest,
      'run',
      '--config',
      inProject('test', 'vitest.config.ts'),
      `--reporter=${quiet ? 'dot' : 'default'}`,
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ],
    env: { ...process.env, ...plain.vitest },
  }));
}

/** Resolves to a tally. `config` is a Playwright configuration; `env` holds the runtime and the display. */
export function runPlaywright(config, args, env) {
  return runWithReport('playwright', tallyOfPlaywright, false, (report) => ({
    args: [playwright, 'test', '--config', config, '--reporter=list,json', ...args],
    env: { ...env, ...plain.playwright, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  }));
}

async function runWithReport(name, count, quiet, command) {
  const folder = join(cacheFolder, 'reports');
  const report = join(folder, `${name}-${process.pid}.json`);
  await mkdir(folder, { recursive: true });
  try {
    const { args, env } = command(report);
    const { code, output } = quiet
      ? await capture(process.execPath, args, { env })
      : { code: await attach(process.execPath, args, { env }), output: '' };
    const text = await readFile(report, 'utf8').catch(() => null);
    const counts = withExitCode(text === null ? null : count(JSON.parse(text)), code);
    if (counts.failed > 0) process.stdout.write(output);
    return counts;
  } finally {
    await rm(report, { force: true });
  }
}
