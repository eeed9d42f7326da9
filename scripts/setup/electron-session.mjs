/** Everything that a command needs to open windows: environment and switches, and the display while it runs. */
import { displayIsVirtual, openDisplay } from './display.mjs';
import { runtimeEnvironment } from './electron-runtime.mjs';
import { sandboxSwitches } from './sandbox.mjs';

/** dbus, GPU and fonts complain about a bare system; only fatal messages are worth reading there. */
const BARE_SYSTEM_SWITCHES = ['--disable-gpu', '--log-level=3'];

/** Calls `work` with `{ env, switches }` and ends the display after it. `args` are what the user passes to the app. */
export async function withElectron(runtime, args, work) {
  const switches = [...(await sandboxSwitches(runtime, args)), ...displaySwitches()];
  const display = await openDisplay();
  try {
    const env = {
      ...process.env,
      ...runtimeEnvironment(runtime),
      ...display.env,
      STREAMSCOPE_SWITCHES: switches.join(' '),
    };
    // Set by some editors' terminals; it would make Electron behave as plain Node.
    delete env.ELECTRON_RUN_AS_NODE;
    return await work({ env, switches });
  } finally {
    display.close();
  }
}

function displaySwitches() {
  if (displayIsVirtual) return BARE_SYSTEM_SWITCHES;
  // Electron before 38 uses X11 unless asked; under Wayland without X11 that is no window at all.
  return process.platform === 'linux' && !process.env.DISPLAY ? ['--ozone-platform-hint=auto'] : [];
}
