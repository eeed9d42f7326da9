/** Records an imported capture as a connection would have been: through the recorder, with credentials hidden. */
import type { SessionLog } from '../../session/log.ts';
import { createRecorder } from '../../session/recorder.ts';
import { redactEntry } from '../../session/redact.ts';
import type { ByteText } from '../../sse/byte-text.ts';
import type { CaptureStep } from './capture.ts';

/** Steps between two looks at whether the log keeps up. */
const DRAIN_STEPS = 256;

/** Rejects with what `steps` or the log throws; what was recorded until then stays. `goesOn` false ends it early. */
export async function recordSteps(
  steps: AsyncIterable<CaptureStep> | Iterable<CaptureStep>,
  log: SessionLog,
  byteText: ByteText,
  goesOn: () => boolean = () => true,
): Promise<void> {
  const recorder = createRecorder({ log, byteText });
  let done = 0;
  for await (const one of steps) {
    switch (one.step) {
      case 'entry':
        recorder.entry(redactEntry(one.entry), one.atMs);
        break;
      case 'body':
        recorder.beginBody(one.attempt, one.framing);
        break;
      case 'bytes':
        recorder.read(one.bytes, one.atMs);
        break;
      case 'end-body':
        recorder.endBody(one.atMs);
        break;
      case 'take-up':
        recorder.takeUpFrom(one.lastEventId);
        break;
    }
    done += 1;
    if (done % DRAIN_STEPS === 0) {
      await recorder.drained();
      if (!goesOn()) return;
    }
  }
  await recorder.drained();
}
