/** What a scan reads of a session: narrower than a reader, so that a thread with nothing but the files can be one. */
import type { SessionReader } from '../../shared/session/log.ts';

/** What is read may be in a buffer that the next call fills again: use it, do not keep it. */
export type ScanSource = Pick<SessionReader, 'eventTypes' | 'readRecords' | 'readWire' | 'readJournal'>;
