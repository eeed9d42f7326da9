/** A session in a folder, wherever that is, opened for reading with everything that stands beside it. */
import { basename } from 'node:path';
import type { AnnotationReader } from '../shared/session/annotations.ts';
import type { SessionSummary } from '../shared/session/entry.ts';
import type { SessionReader } from '../shared/session/log.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import { summaryOf, totalBytes } from '../main/capture/format.ts';
import { openFolder } from '../main/capture/open-folder.ts';
import { createAnnotationStore } from '../main/library/annotation-store.ts';

export interface StoredSession {
  readonly summary: SessionSummary;
  readonly reader: SessionReader;
  readonly folder: string;
  readonly annotations: AnnotationReader;
}

/** Rejects with a sentence when the folder is no session, or cannot be read. */
export async function withStoredSession(
  folder: string,
  byteText: ByteText,
  work: (session: StoredSession) => Promise<void>,
): Promise<void> {
  const { reader, manifest, close } = await openFolder(folder, { byteText });
  try {
    const diskBytes = manifest.sizes ? totalBytes(manifest.sizes) : 0;
    const id = basename(folder);
    const annotations = createAnnotationStore({ folderOf: () => folder, onChanged() {} });
    await work({
      summary: summaryOf(id, manifest, { diskBytes, marked: false }),
      reader,
      folder,
      annotations: await annotations.open(id),
    });
  } finally {
    await close();
  }
}
