/** What the body behind a response head is read as; null when it is kept without being read. */
import { FRAMINGS, type Framing } from '../sse/framing.ts';
import type { ResponseHeadEntry } from './entry.ts';

export function framingOfHead({ accepted, framing = 'sse' }: ResponseHeadEntry): Framing | null {
  if (!accepted) return null;
  // A newer version may know more of them.
  return FRAMINGS.includes(framing) ? framing : 'text';
}
