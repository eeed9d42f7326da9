/** What keys do to the selected row of the list. */
import { copyOf, WHOLE_BYTES } from '../../state/frame-content.ts';
import type { LiveSession } from '../../state/live-session.svelte.ts';
import { copyText } from '../../ui/clipboard.ts';

export function createRowKeys(live: LiveSession, focusFilter: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    const mod = event.ctrlKey || event.metaKey;
    if (mod && event.key.toLowerCase() === 'c' && live.selectedSeq !== null) {
      event.preventDefault();
      void copySelected(live, live.selectedSeq);
    } else if (event.key === 'Escape' && live.selectedSeq !== null) {
      event.preventDefault();
      live.select(null);
    } else if (event.key === 'b' && !mod && live.selectedSeq !== null) {
      event.preventDefault();
      live.annotations.toggleBookmark(live.selectedSeq);
    } else if (event.key === 'n' && !mod && live.selectedSeq !== null) {
      event.preventDefault();
      live.annotations.writing = true;
    } else if (event.key === '/' && !mod) {
      event.preventDefault();
      focusFilter();
    }
  };
}

async function copySelected(live: LiveSession, seq: number): Promise<void> {
  const known = live.detail;
  const whole = known?.seq === seq && (known.bytes === null || known.bytes.length === known.length);
  copyText(copyOf(whole ? known : await live.entry(seq, WHOLE_BYTES)));
}
