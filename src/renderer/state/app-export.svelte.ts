/** Exports: which formats there are, what one would take out, and one notice for each export under way. */
import type { Client } from '../../shared/ipc/contract.ts';
import type {
  ExportFormat,
  ExportLook,
  ExportProgress,
  ExportScope,
  StartExport,
} from '../../shared/ipc/exchange.ts';
import type { NoticeContent, Notices } from './undo.svelte.ts';

export interface Exports {
  readonly formats: readonly ExportFormat[];
  load(): Promise<void>;
  /** Asks for a place and writes there. */
  save(request: StartExport): void;
  /** The session as one file that another Streamscope opens. */
  saveWhole(sessionId: string): void;
  /** How much is in a scope, and how many secrets; null when it could not be looked at. */
  look(sessionId: string, scope: ExportScope): Promise<ExportLook | null>;
  dispose(): void;
}

export function createExports(client: Client, notices: Notices): Exports {
  let formats = $state.raw<readonly ExportFormat[]>([]);
  const noticeOfJob: Record<string, number> = {};

  function cancel(jobId: string): void {
    client
      .call('export:cancel', { jobId })
      .catch((error: unknown) => notices.failed('The export was not cancelled', error));
  }

  function reveal(jobId: string): void {
    client
      .call('export:reveal', { jobId })
      .catch((error: unknown) => notices.failed('The file could not be shown', error));
  }

  function contentOf(progress: ExportProgress): NoticeContent {
    const { jobId, state, done, total, path, message, redacted } = progress;
    const name = path.replace(/^.*[\\/]/, '');
    switch (state) {
      case 'running':
        return {
          tone: 'busy',
          text: `Exporting to ${name}`,
          progress: total > 0 ? done / total : 0,
          action: { label: 'Cancel', run: () => cancel(jobId) },
        };
      case 'done': {
        const without = redacted > 0 ? `, ${redacted} secret${redacted === 1 ? '' : 's'} redacted` : '';
        return {
          tone: 'good',
          text: `Exported to ${name}${without}`,
          action: { label: 'Show file', run: () => reveal(jobId) },
        };
      }
      case 'cancelled':
        return { text: `Cancelled the export to ${name}` };
      case 'failed':
        return { tone: 'bad', text: `The export to ${name} failed: ${message}` };
    }
  }

  const end = client.on('export:progress', (progress) => {
    const content = contentOf(progress);
    const notice = noticeOfJob[progress.jobId];
    if (notice === undefined) noticeOfJob[progress.jobId] = notices.show(content);
    else notices.change(notice, content);
    if (progress.state !== 'running') delete noticeOfJob[progress.jobId];
  });

  function save(request: StartExport): void {
    client
      .call('export:save', request)
      .catch((error: unknown) => notices.failed('The export did not begin', error));
  }

  return {
    get formats() {
      return formats;
    },
    async load() {
      formats = await client.call('export:formats');
    },
    save,
    saveWhole: (sessionId) =>
      save({ sessionId, formatId: 'streamscope', scope: { kind: 'all' }, includeSecrets: false }),
    // The dialog says less then; the export itself says what is wrong.
    look: (sessionId, scope) => client.call('export:look', { sessionId, scope }).catch(() => null),
    dispose: end,
  };
}
