/** What a thread that searches asks of a session, read for it. */
import type { SessionReader } from '../../shared/session/log.ts';
import type { Answer, FromWorker } from './scan-messages.ts';

type Ask = Extract<FromWorker, { readonly kind: 'ask' }>;

/** Never rejects: what could not be read is an answer too. */
export async function answerTo(reader: SessionReader, { ask, wanted }: Ask): Promise<Answer> {
  const nothing = { kind: 'answer', ask, bytes: null, entry: null, failure: null } as const;
  try {
    switch (wanted.what) {
      case 'records': {
        const { buffer, byteOffset, byteLength } = await reader.readRecords(wanted.from, wanted.to);
        return { ...nothing, bytes: new Uint8Array(buffer, byteOffset, byteLength).slice() };
      }
      case 'wire':
        return { ...nothing, bytes: await reader.readWire(wanted.offset, wanted.length) };
      default:
        return { ...nothing, entry: await reader.readJournal(wanted.record) };
    }
  } catch (error) {
    return { ...nothing, failure: error instanceof Error ? error.message : String(error) };
  }
}
