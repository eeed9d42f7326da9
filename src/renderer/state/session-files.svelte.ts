/** Files that become sessions, in the window: one notice for each under way, with its progress, its end and what was repaired. */
import type { Client } from '../../shared/ipc/contract.ts';
import type { OpeningProgress } from '../../shared/ipc/library-contract.ts';
import type { NoticeContent, Notices } from './undo.svelte.ts';

export interface SessionFiles {
  /** Asks for a file. */
  choose(): Promise<void>;
  open(path: string): void;
  /** A file that was dropped on the window. */
  openDropped(file: File): void;
  dispose(): void;
}

/** What only the surroundings of the page can tell. */
export interface Surroundings {
  /** Where a dropped file is; "" when it is nowhere on the disk. */
  readonly pathOf: (file: File) => string;
}

export function createSessionFiles(
  client: Client,
  notices: Notices,
  show: (sessionId: string) => void,
  surroundings: Surroundings = { pathOf: () => '' },
): SessionFiles {
  const noticeOfJob = new Map<string, number>();

  function cancel(jobId: string): void {
    client
      .call('session-file:cancel', { jobId })
      .catch((error: unknown) => notices.failed('It was not cancelled', error));
  }

  function contentOf({ jobId, state, name, done, total, messages }: OpeningProgress): NoticeContent {
    switch (state) {
      case 'running':
        return {
          tone: 'busy',
          text: `Opening ${name}`,
          progress: total > 0 ? done / total : 0,
          action: { label: 'Cancel', run: () => cancel(jobId) },
        };
      case 'done':
        return messages.length === 0
          ? { tone: 'good', text: `Opened ${name}` }
          : // It stays until it was read.
            { tone: 'bad', text: `Opened ${name}. ${messages.join(' ')}` };
      case 'cancelled':
        return { text: `Cancelled opening ${name}` };
      case 'failed':
        return { tone: 'bad', text: `${name}: ${messages.join(' ')}` };
    }
  }

  const end = client.on('session-file:progress', (progress) => {
    const content = contentOf(progress);
    const notice = noticeOfJob.get(progress.jobId);
    if (notice === undefined) noticeOfJob.set(progress.jobId, notices.show(content));
    else notices.change(notice, content);
    if (progress.state === 'running') return;
    noticeOfJob.delete(progress.jobId);
    if (progress.sessionId !== null) show(progress.sessionId);
  });

  const files: SessionFiles = {
    async choose() {
      try {
        await client.call('session-file:choose');
      } catch (error) {
        notices.failed('The file was not opened', error);
      }
    },
    open(path) {
      client
        .call('session-file:open', { path })
        .catch((error: unknown) => notices.failed('The file was not opened', error));
    },
    openDropped(file) {
      const path = surroundings.pathOf(file);
      if (path === '') notices.failed(file.name, 'It is no file on this computer. Save it first.');
      else files.open(path);
    },
    dispose: end,
  };
  return files;
}
