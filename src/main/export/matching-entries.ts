/** The entries that a filter shows, all of them: a filtered view that is waited for. */
import { createRowView, type RowViewOptions } from '../sessions/row-view.ts';

/** Of the entries that are there now. Rejects with a sentence when the filter cannot be read, or takes too long. */
export function matchingEntries(
  options: Omit<RowViewOptions, 'onProgress' | 'onError'>,
): Promise<Uint32Array> {
  const total = options.reader.count;
  return new Promise((resolve, reject) => {
    const view = createRowView({
      ...options,
      onProgress({ scanned, count, failure }) {
        if (failure !== null) {
          view.close();
          reject(new Error(failure));
        } else if (scanned >= total) {
          view.close();
          // A session that grows has more by now.
          resolve(view.seqs(0, count).filter((seq) => seq < total));
        }
      },
      onError: reject,
    });
  });
}
