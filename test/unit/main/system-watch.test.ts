import { expect, it } from 'vitest';
import { watchSystem } from '../../../src/main/system-watch.ts';
import type { SystemChange } from '../../../src/shared/connection/types.ts';

function stage(online = true) {
  const told: SystemChange[] = [];
  let look = (): void => {};
  let wake = (): void => {};
  let watching = 2;
  const ended = (): void => void (watching -= 1);
  const system = { online };
  const end = watchSystem(
    {
      isOnline: () => system.online,
      onResume: (listener) => ((wake = listener), ended),
      every: (_periodMs, run) => ((look = run), ended),
    },
    (change) => told.push(change),
  );
  return { told, system, end, look: () => look(), wake: () => wake(), watching: () => watching };
}

it('tells each change of the network once', () => {
  const { told, system, look } = stage();
  look();
  system.online = false;
  look();
  look();
  system.online = true;
  look();
  expect(told).toEqual(['offline', 'online']);
});

it('sleep/wake: tells that the machine woke up, and a network that changed meanwhile before that', () => {
  const { told, system, wake } = stage();
  wake();
  system.online = false;
  wake();
  expect(told).toEqual(['woke', 'offline', 'woke']);
});

it('ends', () => {
  const { end, watching } = stage();
  end();
  expect(watching()).toBe(0);
});
