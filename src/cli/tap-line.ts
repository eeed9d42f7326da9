/** A request through a tap as one line. */
import type { TapExchange } from '../shared/tap/tap-state.ts';

/** Such as "200 POST /v1/chat/completions  42 events  9,120 bytes  1,204 ms  20260731-142233-9f86d081". */
export function exchangeLine(exchange: TapExchange, folder: string | null): string {
  const { status, method, path, kind, events, responseBytes, durationMs, state, note } = exchange;
  const count = (number: number) => Math.round(number).toLocaleString('en');
  const parts = [
    `${status ?? '---'} ${method} ${path}`,
    ...(kind === 'stream' ? [`${count(events)} ${events === 1 ? 'event' : 'events'}`] : []),
    `${count(responseBytes)} bytes`,
    `${count(durationMs ?? 0)} ms`,
    ...(folder === null ? [] : [folder]),
    ...(state === 'failed' || note !== '' ? [note] : []),
  ];
  return `${parts.join('  ')}\n`;
}
