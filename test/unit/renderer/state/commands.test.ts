import { describe, expect, it, vi } from 'vitest';
import type { MenuItemConstructorOptions } from 'electron';
import { installMenu } from '../../../../src/main/menu.ts';
import type { AppState } from '../../../../src/renderer/state/app-state.ts';
import { createCommands } from '../../../../src/renderer/state/commands.ts';
import type { MenuCommand } from '../../../../src/shared/ipc/contract.ts';

let template: readonly MenuItemConstructorOptions[] = [];
vi.mock('electron', () => ({
  Menu: {
    buildFromTemplate: (given: readonly MenuItemConstructorOptions[]) => (template = given),
    setApplicationMenu: () => {},
  },
}));

/** What each item of the menu sends, with its keys as commands write them. */
function menuKeys(): ReadonlyMap<string, string> {
  const sent: MenuCommand[] = [];
  installMenu((command) => sent.push(command), 'linux');
  const keys = new Map<string, string>();
  for (const item of template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))) {
    if (item.accelerator === undefined) continue;
    (item.click as unknown as () => void)();
    keys.set(sent.at(-1) ?? '', String(item.accelerator).replace('CmdOrCtrl', 'Mod'));
  }
  return keys;
}

describe('the keys of the commands', () => {
  // Commands read the state only when they are asked.
  const commands = createCommands({} as AppState);

  it('belong to one command each', () => {
    const keys = commands.flatMap((command) => command.keys ?? []);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it('are the same in the application menu', () => {
    const ofCommands = new Map(commands.map((command) => [command.id, command.keys]));
    const ofMenu = menuKeys();
    expect(ofMenu.size).toBeGreaterThan(10);
    for (const [id, keys] of ofMenu) expect([id, ofCommands.get(id)]).toEqual([id, keys]);
  });
});
