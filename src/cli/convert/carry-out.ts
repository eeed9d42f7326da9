/** What is around each export of the command line: a file that is there is not touched, and an interrupt ends it properly. */
import type { CommandIo } from '../command.ts';
import type { StoredSession } from '../stored-session.ts';
import type { ExportOrder } from './convert-arguments.ts';
import { refuseToReplace, writeExport, type WriteExportDeps } from './write-export.ts';

export interface CarryOutDeps extends Pick<WriteExportDeps, 'byteText' | 'version'> {
  readonly io: CommandIo;
}

/** `open` opens the session and has it written. */
export async function carryOut(
  order: ExportOrder,
  deps: CarryOutDeps,
  open: (goesOn: () => boolean, write: (session: StoredSession) => Promise<void>) => Promise<void>,
): Promise<void> {
  await refuseToReplace(order);
  let interrupted = false;
  const goesOn = (): boolean => !interrupted;
  const settle = deps.io.onInterrupt(() => (interrupted = true));
  try {
    await open(goesOn, (session) => writeExport(session, order, { ...deps, goesOn }));
  } finally {
    settle();
  }
}
