/**
 * The `.streamscope` file as one of the formats of the export menu. Unlike the others it needs the session's folder and not only a
 * reader; which folder that is, is a port, so that a copy without secrets can stand in for the original.
 */
import type { Exporter } from '../../shared/export/exporter.ts';
import { ARCHIVE_EXTENSION } from './archive-format.ts';
import { writeArchive } from './write-archive.ts';

export interface ArchiveFolder {
  readonly folder: string;
  readonly release: () => Promise<void>;
}

export interface ArchiveExporterDeps {
  /** The folder to be packed in place of a session. */
  readonly folderFor: (sessionId: string) => Promise<ArchiveFolder>;
  /** The version of the app. */
  readonly app: string;
}

export function createArchiveExporter({ folderFor, app }: ArchiveExporterDeps): Exporter {
  return {
    id: ARCHIVE_EXTENSION,
    label: 'Streamscope session',
    note: 'All of it in one file, with bookmarks and notes, for another Streamscope.',
    extension: ARCHIVE_EXTENSION,
    asStored: true,
    async *encode({ summary, range, onProgress }) {
      const { folder, release } = await folderFor(summary.id);
      // Progress is counted in entries everywhere; here bytes stand for them.
      const entries = range.to - range.from;
      const tell = (doneBytes: number, totalBytes: number): void => {
        if (totalBytes > 0) onProgress(Math.floor((entries * doneBytes) / totalBytes));
      };
      try {
        yield* writeArchive({ folder, app, onProgress: tell });
      } finally {
        await release();
      }
    },
  };
}
