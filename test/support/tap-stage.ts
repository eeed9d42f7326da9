/** A tap in front of a server, with its sessions in a temporary folder. */
import { createDirectoryCaptureStore } from '../../src/main/capture/directory-capture-store.ts';
import { createNodeByteText } from '../../src/main/capture/node-byte-text.ts';
import { startTap, type RunningTap, type TapSession } from '../../src/main/tap/running-tap.ts';
import { createUpstream } from '../../src/main/tap/upstream-way.ts';
import type { JournalEntry } from '../../src/shared/session/entry.ts';
import type { SessionReader } from '../../src/shared/session/log.ts';
import { BLANK_TAP, type TapSpec } from '../../src/shared/tap/tap-spec.ts';
import { temporaryFolder } from './session-folder.ts';

export interface TapStage {
  readonly tap: RunningTap;
  readonly port: number;
  /** In the order in which their logs were opened. */
  readonly sessions: readonly TapSession[];
  readonly folder: string;
  readonly faults: readonly unknown[];
  /** Resolves when `holds` does, looked at after every change of the tap. */
  until(holds: () => boolean): Promise<void>;
  /** Waits until the session of the n-th request (from 0) is in its files, and reads it. */
  recorded(index?: number): Promise<Recorded>;
  close(): Promise<void>;
}

export interface Recorded {
  readonly reader: SessionReader;
  readonly journal: readonly JournalEntry[];
  readonly wire: string;
  readonly wireBytes: Buffer;
  /** Kinds of journal entries, in order. */
  readonly kinds: readonly string[];
}

export async function startTapStage(
  target: string,
  change: Partial<TapSpec> = {},
  certificates: string | null = null,
): Promise<TapStage> {
  const folder = await temporaryFolder();
  const byteText = createNodeByteText();
  const clock = { nowMs: () => performance.now(), epochMs: () => Date.now() };
  const store = createDirectoryCaptureStore({ root: folder.path, byteText, epochMs: clock.epochMs });
  const sessions: TapSession[] = [];
  const faults: unknown[] = [];
  const waiting = new Set<() => void>();
  const look = () => {
    for (const check of [...waiting]) check();
  };
  const tap = await startTap(
    { ...BLANK_TAP, id: 'tap', name: 'test', target, ...change },
    {
      store,
      byteText,
      clock,
      openUpstream: createUpstream({
        nowMs: clock.nowMs,
        byteText,
        systemProxy: async () => 'DIRECT',
        certificates,
      }),
      onSession(session) {
        sessions.push(session);
        look();
      },
      onChanged: look,
      onHeldChanged: look,
      onFault: (...fault) => faults.push(fault),
    },
  );
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!holds()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });

  return {
    tap,
    port: tap.port,
    sessions,
    folder: folder.path,
    faults,
    until,
    async recorded(index = 0) {
      // Logs are opened side by side: which one is first there says nothing.
      const find = () => sessions.find(({ exchange }) => exchange.id === index + 1);
      await until(() => find() !== undefined);
      const session = find() as TapSession;
      await session.ended;
      const reader = await store.open(session.log.sessionId);
      const journal = (await reader.journal()).map(({ entry }) => entry);
      const wireBytes = Buffer.from(await reader.readWire(0, reader.wireBytes));
      return {
        reader,
        journal,
        wireBytes,
        wire: wireBytes.toString('utf8'),
        kinds: journal.map(({ kind }) => kind),
      };
    },
    async close() {
      await tap.stop();
      for (const { log } of sessions) await store.release(log.sessionId);
      await folder.remove();
    },
  };
}
