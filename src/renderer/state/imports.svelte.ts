/** Captures of other programs on their way into the list: a file is handed over in pieces, looked at, and recorded. */
import type { Client } from '../../shared/ipc/contract.ts';
import type { ImportPlan } from '../../shared/ipc/exchange.ts';
import type { Notices } from './undo.svelte.ts';

export interface Imports {
  /** What is in the file, when there is something to choose from. */
  readonly plan: ImportPlan | null;
  /** Being read or recorded. */
  readonly busy: boolean;
  /** What was wrong with the last file or text; "" when nothing was. */
  readonly problem: string;
  chooseFile(): Promise<void>;
  takeFile(file: File): Promise<void>;
  takeText(text: string): Promise<void>;
  /** Records some of what the plan has. */
  run(chosen: readonly number[]): Promise<void>;
  /** Forgets the plan and the problem. */
  reset(): void;
  dispose(): void;
}

/** A file crosses to main in pieces of this size. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** `dialog` opens the dialog, when there is something to choose or to say, and closes it; `show` shows a session. */
export function createImports(
  client: Client,
  notices: Notices,
  dialog: (open: boolean) => void,
  show: (sessionId: string) => Promise<void>,
): Imports {
  let plan = $state.raw<ImportPlan | null>(null);
  let busy = $state(false);
  let problem = $state('');
  /** Of the import that runs. */
  let notice: number | null = null;

  async function attempt(act: () => Promise<void>): Promise<void> {
    busy = true;
    problem = '';
    try {
      await act();
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      dialog(true);
    } finally {
      busy = false;
    }
  }

  /** One capture is taken in at once; several are asked about. */
  async function take(next: ImportPlan): Promise<void> {
    plan = next;
    if (next.captures.length > 1) return dialog(true);
    await record(next, [0]);
  }

  async function record(from: ImportPlan, chosen: readonly number[]): Promise<void> {
    const { importId, fileName, format } = from;
    plan = null;
    const shown = notices.show({
      tone: 'busy',
      text: `Importing ${fileName}`,
      progress: 0,
      action: cancelOf(importId),
    });
    notice = shown;
    try {
      const sessions = await client.call('import:run', { importId, chosen });
      const events = sessions.reduce((sum, { counts }) => sum + counts.events, 0);
      const what = sessions.length === 1 ? fileName : `${sessions.length} sessions from ${fileName}`;
      notices.change(shown, {
        tone: 'good',
        text: `Imported ${what}: ${format}, ${events.toLocaleString('en')} events`,
      });
      dialog(false);
      const [first] = sessions;
      if (first) await show(first.id);
    } catch (error) {
      notices.change(shown, { text: `${fileName} was not imported` });
      throw error;
    } finally {
      notice = null;
    }
  }

  function cancelOf(importId: string) {
    return {
      label: 'Cancel',
      run: () => {
        client
          .call('import:cancel', { importId })
          .catch((error: unknown) => notices.failed('The import was not cancelled', error));
      },
    };
  }

  async function handOver(name: string, blob: Blob): Promise<void> {
    const { importId } = await client.call('import:begin', { name });
    for (let at = 0; at < blob.size; at += PIECE_BYTES) {
      const bytes = new Uint8Array(await blob.slice(at, at + PIECE_BYTES).arrayBuffer());
      await client.call('import:add', { importId, bytes });
    }
    await take(await client.call('import:look', { importId }));
  }

  const end = client.on('import:progress', ({ importId, fileName, done, total }) => {
    if (notice === null) return;
    const progress = total > 0 ? done / total : 0;
    notices.change(notice, {
      tone: 'busy',
      text: `Importing ${fileName}`,
      progress,
      action: cancelOf(importId),
    });
  });

  return {
    get plan() {
      return plan;
    },
    get busy() {
      return busy;
    },
    get problem() {
      return problem;
    },
    chooseFile: () =>
      attempt(async () => {
        const chosen = await client.call('import:choose');
        if (chosen) await take(chosen);
      }),
    takeFile: (file) => attempt(() => handOver(file.name, file)),
    takeText: (text) => attempt(() => handOver('Pasted text', new Blob([text]))),
    run: (chosen) =>
      attempt(async () => {
        if (plan) await record(plan, chosen);
      }),
    reset() {
      if (plan) client.call('import:cancel', { importId: plan.importId }).catch(() => undefined);
      plan = null;
      problem = '';
    },
    dispose: end,
  };
}
