/**
 * The login service that tells programs of a sleep (org.freedesktop.login1), on a system bus of the test's own. It is a mock: a
 * machine cannot be put to sleep for a test. The bus, the signals and Electron's listening to them are real. Wants Debian's
 * packages dbus, python3-dbus and python3-gi.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';

const PYTHON = '/usr/bin/python3';
const BUS = '/usr/bin/dbus-daemon';
const BINDINGS = ['dbus', 'gi'].map((name) => `/usr/lib/python3/dist-packages/${name}`);

/** Whether the pieces are there. */
export const loginServiceIsPossible = [PYTHON, BUS, ...BINDINGS].every((path) => existsSync(path));

export interface LoginService {
  /** What a program needs to take this bus for the system's. */
  readonly env: Readonly<Record<string, string>>;
  /** Resolves when a program asked for a delay lock, as one does that listens. */
  heard(): Promise<void>;
  /** Tells that the machine is about to sleep, then that it woke up. */
  sleepAndWake(): Promise<void>;
  stop(): Promise<void>;
}

/** Says "ready", then "inhibited" for each program that asked for a lock; a line on its input is a sleep and a wake. */
const SERVICE = `
import os, sys, threading
import dbus, dbus.mainloop.glib, dbus.service
from gi.repository import GLib
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SystemBus()
name = dbus.service.BusName('org.freedesktop.login1', bus)
class Manager(dbus.service.Object):
    @dbus.service.method('org.freedesktop.login1.Manager', in_signature='ssss', out_signature='h')
    def Inhibit(self, what, who, why, mode):
        print('inhibited', flush=True)
        return dbus.types.UnixFd(os.open('/dev/null', os.O_RDONLY))
    @dbus.service.signal('org.freedesktop.login1.Manager', signature='b')
    def PrepareForSleep(self, start):
        pass
manager = Manager(bus, '/org/freedesktop/login1')
def cycle():
    manager.PrepareForSleep(True)
    manager.PrepareForSleep(False)
def listen():
    for line in sys.stdin:
        GLib.idle_add(cycle)
    GLib.idle_add(loop.quit)
loop = GLib.MainLoop()
threading.Thread(target=listen, daemon=True).start()
print('ready', flush=True)
loop.run()
`;

export async function startLoginService(): Promise<LoginService> {
  const folder = await mkdtemp(join(tmpdir(), 'streamscope-bus-'));
  const address = `unix:path=${join(folder, 'bus')}`;
  const env = { DBUS_SYSTEM_BUS_ADDRESS: address };
  const bus = spawn(BUS, ['--session', '--nofork', `--address=${address}`, '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await line(createInterface({ input: bus.stdout }));
  const service = spawn(PYTHON, ['-c', SERVICE], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: service.stdout });
  await line(lines);
  const inhibited = line(lines);
  return {
    env,
    heard: () => inhibited,
    async sleepAndWake() {
      await new Promise<void>((resolve) => service.stdin.write('cycle\n', () => resolve()));
    },
    async stop() {
      await Promise.all([ended(service), ended(bus)]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function line(lines: Interface): Promise<void> {
  await once(lines, 'line');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}
