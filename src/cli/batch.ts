/**
 * Gathers lines into larger writes. What a part of the input brought is written before the next part is waited for, so a
 * stream that comes slowly is printed as it comes.
 */
import type { Output } from './command.ts';

const BATCH_CHARS = 64 * 1024;

export interface Batch {
  /** Gives a promise when it had to write. */
  write(line: string): Promise<void> | undefined;
  flush(): Promise<void>;
  /** The same parts; flushes before each wait, and ends when nobody reads the output any more. */
  endedBetween(parts: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

export function createBatch(output: Output): Batch {
  let lines: string[] = [];
  let chars = 0;

  const flush = async (): Promise<void> => {
    if (lines.length === 0) return;
    const text = lines.join('');
    lines = [];
    chars = 0;
    await output.write(text);
  };

  return {
    flush,
    write(line) {
      lines.push(line);
      chars += line.length;
      return chars >= BATCH_CHARS ? flush() : undefined;
    },
    async *endedBetween(parts) {
      for await (const part of parts) {
        yield part;
        await flush();
        if (output.closed) return;
      }
    },
  };
}
