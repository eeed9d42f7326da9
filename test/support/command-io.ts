/** What a command is given in a test: output that is kept, input that is scripted, an interrupt that can be pressed. */
import type { CommandIo, Terminal } from '../../src/cli/command.ts';

export interface TestIo extends CommandIo {
  /** Everything written so far. */
  readonly written: string;
  /** What was told besides the results. */
  readonly notes: readonly string[];
  /** As Ctrl+C does. */
  interrupt(): void;
  /** The reader goes away. */
  close(): void;
  /** Resolves when what was written fits. */
  until(fits: (written: string) => boolean): Promise<void>;
}

export interface TestIoOptions {
  readonly input?: readonly (string | Uint8Array)[];
  /** Waited for before each write is taken. */
  readonly taken?: () => Promise<void>;
  /** Default: none. */
  readonly terminal?: Terminal;
}

export function createTestIo(options: TestIoOptions = {}): TestIo {
  const closing = new Set<() => void>();
  const interrupting = new Set<() => void>();
  let watchers: (() => void)[] = [];
  const parts: Buffer[] = [];
  const notes: string[] = [];
  let closed = false;
  const text = () => Buffer.concat(parts).toString();
  return {
    output: {
      async write(data) {
        await options.taken?.();
        if (closed) return;
        parts.push(Buffer.from(data as string));
        for (const watcher of watchers) watcher();
      },
      get closed() {
        return closed;
      },
      onClosed(listener) {
        closing.add(listener);
        return () => closing.delete(listener);
      },
    },
    input: (async function* () {
      for (const part of options.input ?? []) yield Buffer.from(part as string);
    })(),
    onInterrupt(listener) {
      interrupting.add(listener);
      return () => interrupting.delete(listener);
    },
    terminal: options.terminal ?? null,
    note: (text) => void notes.push(text),
    notes,
    get written() {
      return text();
    },
    interrupt() {
      for (const listener of interrupting) listener();
    },
    close() {
      closed = true;
      for (const listener of closing) listener();
    },
    until: (fits) =>
      new Promise((resolve) => {
        const watcher = () => {
          if (!fits(text())) return;
          watchers = watchers.filter((other) => other !== watcher);
          resolve();
        };
        watchers.push(watcher);
        watcher();
      }),
  };
}

/** The lines of NDJSON. */
export function linesOf(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
