/** What the bytes of a file or of standard input are read as: what was asked for, else by the file's name, else by how they begin. */
import { FRAMINGS, type Framing } from '../shared/sse/framing.ts';
import { framingOfName, framingOfStart } from '../shared/sse/detect-framing.ts';
import { UsageError } from './command.ts';
import type { OptionTable } from './declaration.ts';

export const READ_AS_OPTION = {
  'read-as': {
    type: 'string',
    value: 'FORM',
    values: FRAMINGS,
    help: `What the bytes are read as: ${FRAMINGS.join(', ')}; without it the file's name and its first bytes decide.`,
  },
} as const satisfies OptionTable;

/** The option's value; null when it was not given. Throws a UsageError. */
export function readFraming(value: string | undefined): Framing | null {
  if (value === undefined) return null;
  const framing = FRAMINGS.find((known) => known === value);
  if (!framing) throw new UsageError(`--read-as knows ${FRAMINGS.join(', ')}, and not "${value}".`);
  return framing;
}

export interface FramedChunks {
  readonly framing: Framing;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Looks at as few bytes as will do, so that a stream that comes slowly is not held up. */
export async function framedChunks(
  asked: Framing | null,
  path: string,
  source: AsyncIterable<Uint8Array>,
): Promise<FramedChunks> {
  const known = asked ?? framingOfName(path);
  if (known !== null) return { framing: known, chunks: source };
  const iterator = source[Symbol.asyncIterator]();
  let start: Uint8Array = new Uint8Array(0);
  let framing: Framing | null = null;
  while (framing === null && start.length < MAX_START_BYTES) {
    const next = await iterator.next();
    if (next.done) break;
    start = start.length === 0 ? next.value.slice() : Buffer.concat([start, next.value]);
    framing = framingOfStart(start);
  }
  return { framing: framing ?? 'sse', chunks: withStart(start, iterator) };
}

/** White space beyond this begins an event stream as well as anything else. */
const MAX_START_BYTES = 64 * 1024;

async function* withStart(
  start: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    if (start.length > 0) yield start;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
