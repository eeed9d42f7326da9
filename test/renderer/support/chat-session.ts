/** Sessions with chat streams in the window of a test, and what is seen of them. */
import { readFrameRun } from '../../../src/main/sessions/frame-run.ts';
import { DEFAULT_UI } from '../../../src/shared/workspace/workspace.ts';
import type { SessionLog } from '../../../src/shared/session/log.ts';
import { summaryOf } from '../../support/recorded-log.ts';
import { rowPage } from '../../support/row-pages.ts';
import { openWorld, type World } from './world.ts';

export const chunk = (delta: object, more: object = {}): string =>
  `data: ${JSON.stringify({ id: 'a', model: 'tern-1', choices: [{ index: 0, delta, finish_reason: null, ...more }] })}\n\n`;
export const finish = (reason: string): string => chunk({}, { finish_reason: reason });
export const DONE = 'data: [DONE]\n\n';

export async function openSession(log: SessionLog, live = false): Promise<World> {
  const summary = { ...summaryOf(log), outcome: live ? ('live' as const) : ('ended' as const) };
  const journal = await log.journal();
  return openWorld({
    sessions: [summary],
    ui: { ...DEFAULT_UI, sessionId: summary.id, tab: 'completion' },
    journal,
    answers: {
      'session:frames': ({ fromSeq, maxBytes }) => readFrameRun(log, fromSeq, maxBytes),
      'session:entry': ({ seq }) => ({
        seq,
        atMs: 0,
        attempt: 1,
        kindNumber: 0,
        flags: 0,
        framing: 'sse' as const,
        offset: 0,
        length: 0,
        bytes: new Uint8Array(),
        lastEventId: '',
        reads: [],
        journal: null,
        previousSameTypeSeq: null,
      }),
    },
  });
}

/** Tells the window of what was appended, as the tail feed does. */
export function grow(world: World, log: SessionLog, batch: number): void {
  world.transport.emit('session:batch', {
    sessionId: log.sessionId,
    batch,
    counts: log.counts,
    lastAtMs: log.lastAtMs,
    fromSeq: 0,
    tail: rowPage(0, 0),
  });
}

export function append(log: SessionLog, text: string): void {
  const bytes = new TextEncoder().encode(text);
  const record = {
    offset: log.wireBytes,
    atMs: log.lastAtMs + 5,
    length: bytes.length,
    attempt: 1,
    firstRead: 0,
    framing: 0,
  };
  log.appendWire(bytes, record.atMs, 1);
  log.appendFrame({ ...record, typeNumber: 0, kindNumber: 0, flags: 0 }, 'message');
}

export const group = (name: string): HTMLElement => {
  const found = [...document.querySelectorAll<HTMLElement>('[role=group]')].find((one) =>
    one.getAttribute('aria-label')?.startsWith(name),
  );
  if (!found) throw new Error(`no group ${name}`);
  return found;
};
export const panel = (): string =>
  document.querySelector('[aria-label="About this answer"]')?.textContent.replace(/\s+/g, ' ') ?? '';
export const cards = (): string[] =>
  [...document.querySelectorAll('section[aria-label^="Tool call"]')].map(
    (one) => one.getAttribute('aria-label') ?? '',
  );
