import { expect, it } from 'vitest';
import { createBackPressure } from '../../../../src/main/connections/back-pressure.ts';

const MUCH = 256 * 1024;

function open() {
  const heard: string[] = [];
  let drain: () => void = () => undefined;
  let refuse: (error: Error) => void = () => undefined;
  const pressure = createBackPressure({
    drained: () =>
      new Promise((resolve, reject) => {
        drain = resolve;
        refuse = reject;
      }),
    pause: () => heard.push('pause'),
    resume: () => heard.push('resume'),
    onDrained: () => heard.push('drained'),
    onError: (error) => heard.push(String(error)),
  });
  return { pressure, heard, drain: () => drain(), refuse: (error: Error) => refuse(error) };
}

it('pauses when too much is under way, once, until the log has caught up', async () => {
  const { pressure, heard, drain } = open();
  pressure.took(MUCH - 1);
  expect(heard).toEqual([]);
  pressure.took(1);
  pressure.took(MUCH);
  expect(heard).toEqual(['pause']);
  expect(pressure.paused).toBe(true);
  drain();
  await Promise.resolve();
  expect(heard).toEqual(['pause', 'resume', 'drained']);
  expect(pressure.paused).toBe(false);
});

it('begins anew with each request, and tells of a log that fails', async () => {
  const { pressure, heard, refuse } = open();
  pressure.took(MUCH);
  pressure.begin();
  expect(pressure.paused).toBe(false);
  refuse(new Error('full'));
  await Promise.resolve();
  expect(heard).toEqual(['pause', 'Error: full']);
});

it('asks the log at the first read, and not again at each of many small ones', async () => {
  let asked = 0;
  const nothing = () => undefined;
  const pressure = createBackPressure({
    drained: async () => void (asked += 1),
    pause: nothing,
    resume: nothing,
    onDrained: nothing,
    onError: nothing,
  });
  for (let read = 0; read < 1000; read += 1) {
    pressure.took(256);
    await Promise.resolve();
    await Promise.resolve();
  }
  expect(asked).toBe(1 + Math.floor((999 * 256) / (64 * 1024)));
});
