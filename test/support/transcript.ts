/** What would be done for an answer, one line an action: "+100 data: a" and so on. */
import type { PlayAction } from '../../src/shared/replay/playback.ts';

export function transcriptOf(actions: Iterable<PlayAction>, max = 100): string[] {
  const lines: string[] = [];
  for (const action of actions) {
    lines.push(line(action));
    if (lines.length >= max) break;
  }
  return lines;
}

function line(action: PlayAction): string {
  const at = `+${Math.round(action.atMs)}`;
  switch (action.do) {
    case 'write':
      return `${at} ${JSON.stringify(new TextDecoder('latin1').decode(action.bytes)).slice(1, -1)}`;
    case 'fault':
      return `${at} (fault ${action.fault})`;
    case 'hang':
      return `${at} (silence)`;
    case 'end':
      return `${at} (${action.how})`;
  }
}
