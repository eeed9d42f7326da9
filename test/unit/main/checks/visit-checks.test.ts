import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSchemaFiles } from '../../../../src/main/checks/schema-files.ts';
import { createVisitChecks } from '../../../../src/main/checks/visit-checks.ts';
import type { CheckProgress } from '../../../../src/shared/checks/check-progress.ts';
import { createPortableByteText } from '../../../../src/shared/sse/byte-text.ts';
import { createTeller, type Teller } from '../../../support/told-session.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamscope-checks-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A session that is live until it is said to be over, and a clock that is turned by hand. */
function stage(teller: Teller) {
  const told: CheckProgress[] = [];
  let watchers: (() => void)[] = [];
  let due: (() => void) | null = null;
  let outcome: 'live' | 'ended' = 'live';
  let durationMs = 0;
  let held = 0;
  const checks = createVisitChecks({
    // The parts of it that are asked for.
    sessions: {
      hold: () => {
        held += 1;
        return Promise.resolve({ reader: teller.log, release: () => (held -= 1) });
      },
    } as never,
    byteText: createPortableByteText(),
    summary: () => Promise.resolve({ outcome, durationMs } as never),
    folder: () => folder,
    after(_delayMs, run) {
      due = run;
      for (const watcher of watchers) watcher();
      return () => (due = null);
    },
    onProgress(progress) {
      told.push(progress);
      for (const watcher of watchers) watcher();
    },
  });
  const until = (fits: () => boolean) =>
    new Promise<void>((resolve) => {
      const watcher = () => {
        if (!fits()) return;
        watchers = watchers.filter((one) => one !== watcher);
        resolve();
      };
      watchers.push(watcher);
      watcher();
    });
  return {
    checks,
    told,
    until,
    get held() {
      return held;
    },
    /** Looks again, at that time. */
    async look(atMs: number, over = false) {
      await until(() => due !== null);
      durationMs = atMs;
      outcome = over ? 'ended' : 'live';
      const run = due;
      due = null;
      run?.();
      await until(() => due !== null || told.at(-1)?.over === true);
    },
    states: () => told.at(-1)?.results.map(({ state }) => state),
  };
}

it('tells results while the session goes on, and the last ones when it is over', async () => {
  const teller = createTeller();
  for (const line of ['0 request', '5 head 200']) teller.tell(line);
  const { checks, told, look, states, until } = stage(teller);
  const { runId } = await checks.open(
    's',
    '- status: 200\n- count: { exactly: 1 }\n- event: { matches: x, within: 1s }\n',
  );
  await until(() => told.length > 0);
  expect(states()).toEqual(['passed', 'pending', 'pending']);
  await look(1200);
  expect(told).toHaveLength(1);
  await look(1500);
  expect(states()).toEqual(['passed', 'pending', 'failed']);
  teller.tell('1600 a');
  teller.tell('1700 end');
  await look(1800, true);
  expect(told.at(-1)).toMatchObject({ runId, over: true, failure: null, problems: [] });
  expect(states()).toEqual(['passed', 'passed', 'failed']);
});

it('tells what cannot be read, and judges the rest', async () => {
  const { checks, told, states, until } = stage(createTeller());
  await checks.open('s', '- statsu: 200\n- count: { exactly: 0 }\n');
  await until(() => told.length > 0);
  expect(told[0]?.problems).toMatchObject([{ line: 1, column: 3 }]);
  expect(states()).toEqual(['pending']);
});

it('gives the session back when the run is closed, and when the page is gone', async () => {
  const scene = stage(createTeller());
  const { runId } = await scene.checks.open('s', '- ids: rising');
  expect(scene.held).toBe(1);
  scene.checks.close(runId);
  scene.checks.close(runId);
  expect(scene.held).toBe(0);
  await scene.checks.open('s', '- ids: rising');
  scene.checks.closeAll();
  expect(scene.held).toBe(0);
});

it('ends a check whose regular expression takes for ever', async () => {
  const teller = createTeller();
  for (const line of ['0 request', '5 head 200', `10 ${'a'.repeat(60)}!`]) teller.tell(line);
  const { checks, told, until } = stage(teller);
  await checks.open('s', '- event: "data~/^(a+)+$/"');
  await until(() => told.length > 0);
  expect(told[0]).toMatchObject({ over: true, results: [], failure: 'It took longer than 1000 ms.' });
}, 20_000);

it('reads schemas below its folder and nowhere else', () => {
  const inside = join(folder, 'inside');
  mkdirSync(inside);
  writeFileSync(join(folder, 'secret.json'), '{}');
  writeFileSync(join(inside, 'goal.json'), '{"type":"object"}');
  symlinkSync(join(folder, 'secret.json'), join(inside, 'link.json'));
  const read = createSchemaFiles(inside);
  expect(read('goal.json')).toBe('{"type":"object"}');
  for (const path of ['../secret.json', join(folder, 'secret.json'), 'link.json', 'none.json', '.'])
    expect(read(path)).toBeNull();
});
