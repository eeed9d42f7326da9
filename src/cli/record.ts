/** `streamscope record`: a recording that is printed as it comes. */
import type { CommandIo } from './command.ts';
import { connectAndRecord, type RecordingDeps } from './connect-and-record.ts';
import type { RecordSpec } from './record-arguments.ts';
import { resumeSummary } from './resume-summary.ts';
import { createSessionPrinter } from './session-printer.ts';

export interface RecordDeps extends RecordingDeps, Pick<CommandIo, 'note'> {}

/** Resolves at a normal end, with the folder complete. Rejects with a sentence about what failed, with the folder complete. */
export async function record(spec: RecordSpec, deps: RecordDeps): Promise<void> {
  const { output, byteText, note } = deps;
  const end = await connectAndRecord(spec, deps, (log, startedAt, { stop, fail }) =>
    createSessionPrinter({
      log,
      output,
      byteText,
      startedAt,
      raw: spec.raw,
      maxEvents: spec.maxEvents,
      onEnough: () => stop(`${spec.maxEvents} events were printed`),
      onFailure: (error) => fail(`The output cannot be written: ${error.message}`),
    }),
  );
  const resumes = resumeSummary(await end.log.journal());
  if (resumes !== null) note(resumes);
  await end.close();
  if (end.failure !== null) throw new Error(end.failure);
}
