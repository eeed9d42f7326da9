/** The menu of sessions in the table: what can be done to one, or to all that are chosen. */
import FolderOpen from '@lucide/svelte/icons/folder-open';
import Download from '@lucide/svelte/icons/download';
import Pin from '@lucide/svelte/icons/pin';
import Trash2 from '@lucide/svelte/icons/trash-2';
import type { SessionSummary } from '../../../shared/session/entry.ts';
import type { AppState } from '../../state/app-state.ts';
import type { MenuItem } from '../../ui/menu.ts';

export function menuItems(
  app: AppState,
  current: SessionSummary,
  chosen: readonly SessionSummary[],
): readonly MenuItem[] {
  const all = chosen.some(({ id }) => id === current.id) ? chosen : [current];
  const several = all.length > 1;
  const pinned = all.every((session) => session.pinned);
  const free = all.filter(({ id }) => !app.connections.isLive(id));
  return [
    { id: 'open', label: 'Open', keys: 'Enter', disabled: several, run: () => app.selectSession(current.id) },
    {
      id: 'export',
      label: 'Export as .streamscope…',
      icon: Download,
      disabled: several,
      run: () => void app.exports.saveWhole(current.id),
    },
    {
      id: 'reveal',
      label: 'Show the folder',
      icon: FolderOpen,
      disabled: several,
      run: () => app.library.reveal(current.id),
    },
    {
      id: 'pin',
      label: pinned ? 'Unpin' : 'Pin',
      icon: Pin,
      run: () => {
        for (const { id } of all) app.library.describe(id, { pinned: !pinned });
      },
    },
    {
      id: 'delete',
      label: several ? `Delete ${free.length} sessions` : 'Delete',
      keys: 'Del',
      icon: Trash2,
      separated: true,
      disabled: free.length === 0,
      run: () => void app.library.remove(free.map(({ id }) => id)),
    },
  ];
}
