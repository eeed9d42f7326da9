/** Exports: which formats there are, what one would take out, and one notice for each export under way. */
import type { Client } from '../../shared/ipc/contract.ts';
import type {
  ExportFormat,
  ExportLook,
  ExportProgress,
  ExportScope,
  StartExport,
} from '../../shared/ipc/exchange.ts';
import { totalFound } from '../../shared/redaction/redactor.ts';
import type { NoticeContent, Notices } from './undo.svelte.ts';

export interface Exports {
  readonly formats: readonly ExportFormat[];
  load(): Promise<void>;
  /** Asks for a place and writes there. */
  save(request: StartExport): void;
  /** A session as one file for another Streamscope. Nothing can be taken out of it: one with secrets goes out when it is said again. */
  saveWhole(sessionId: string): Promise<void>;
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
        const without = redacted > 0 ? `, ${secretsText(redacted)} redacted` : '';
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

  const exports: Exports = {
    get formats() {
      return formats;
    },
    async load() {
      formats = await client.call('export:formats');
    },
    save(request) {
      client
        .call('export:save', request)
        .catch((error: unknown) => notices.failed('The export did not begin', error));
    },
    async saveWhole(sessionId) {
      const scope = { kind: 'all' } as const;
      const save = (includeSecrets: boolean) =>
        exports.save({ sessionId, formatId: 'streamscope', scope, includeSecrets });
      const look = await exports.look(sessionId, scope);
      const secrets = look && totalFound(look.found);
      if (secrets === 0) return save(false);
      const what = secrets === null ? 'could not be searched for secrets' : `holds ${secretsText(secrets)}`;
      notices.show({
        tone: 'bad',
        text: `The session ${what}, and a .streamscope file has it as it was recorded.`,
        action: { label: 'Export with secrets', run: () => save(true) },
      });
    },
    // The dialog says less then; the export itself says what is wrong.
    look: (sessionId, scope) => client.call('export:look', { sessionId, scope }).catch(() => null),
    dispose: end,
  };
  return exports;
}

function secretsText(count: number): string {
  return `${count} secret${count === 1 ? '' : 's'}`;
}
