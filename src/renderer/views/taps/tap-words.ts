/** Taps and their requests in words. */
import type { TapExchange, TapRunState, TapStatus } from '../../../shared/tap/tap-state.ts';
import type { TapAction } from '../../../shared/tap/tap-rule.ts';
import { FRAMING_LABELS } from '../../../shared/sse/framing.ts';
import type { Mark } from '../../ui/StateMark.svelte';

export const RUN_MARKS: Readonly<Record<TapRunState['kind'], Mark>> = {
  stopped: 'stopped',
  starting: 'connecting',
  running: 'open',
  failed: 'failed',
};

/** Such as ":4010", "stopped", "failed"; with what goes through it now. */
export function runWord({ run, open }: Pick<TapStatus, 'run' | 'open'>): string {
  switch (run.kind) {
    case 'running':
      return open > 0 ? `${open} open` : `:${run.port}`;
    case 'starting':
      return 'starting';
    case 'failed':
      return 'failed';
    case 'stopped':
      return 'stopped';
  }
}

export const EXCHANGE_MARKS: Readonly<Record<TapExchange['state'], Mark>> = {
  waiting: 'connecting',
  open: 'open',
  ended: 'closed',
  failed: 'failed',
};

/** What came: "event stream", "NDJSON", "answer", "upgrade". */
export function kindWord({ kind, framing }: Pick<TapExchange, 'kind' | 'framing'>): string {
  if (kind === 'stream') return FRAMING_LABELS[framing ?? 'sse'];
  return kind ?? '';
}

export const ACTION_LABELS: Readonly<Record<TapAction['kind'], string>> = {
  delay: 'Delay',
  drop: 'Drop',
  hold: 'Hold',
  edit: 'Edit',
  cut: 'Cut',
  answer: 'Answer',
};

/** What a new action of this kind begins with. */
export function blankAction(kind: TapAction['kind']): TapAction {
  switch (kind) {
    case 'delay':
      return { kind, delayMs: 1000 };
    case 'drop':
    case 'hold':
      return { kind };
    case 'edit':
      return { kind, find: '', replace: '' };
    case 'cut':
      return { kind, afterEvents: 3, how: 'reset' };
    case 'answer':
      return { kind, status: 429, body: '' };
  }
}

/** An action in a few words: "delay 1,000 ms". */
export function actionWords(action: TapAction): string {
  switch (action.kind) {
    case 'delay':
      return `delay ${action.delayMs.toLocaleString('en')} ms`;
    case 'drop':
      return 'drop';
    case 'hold':
      return 'hold';
    case 'edit':
      return `replace ${action.find}`;
    case 'cut':
      return `${action.how === 'reset' ? 'reset' : 'end'} after ${action.afterEvents}`;
    case 'answer':
      return `answer ${action.status}`;
  }
}
