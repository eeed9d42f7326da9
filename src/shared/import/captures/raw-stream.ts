/** The bytes of a stream and nothing around them: a saved body, in any framing. */
import { FRAMING_LABELS, type Framing } from '../../sse/framing.ts';
import type { CaptureFile, CaptureReading, CaptureStep } from './capture.ts';
import { madeClose, madeEnd, madeHead, madeStart } from './made-entries.ts';
import { nameOfFile } from './streamscope-files.ts';

const LABEL = 'Bytes of a stream';

/** Whether the file was nothing but the bytes of a stream, which say nothing of time. */
export function isRawStream({ format }: CaptureReading): boolean {
  return format.startsWith(LABEL);
}

export function readRawStream(file: CaptureFile, framing: Framing): CaptureReading {
  async function* steps(): AsyncGenerator<CaptureStep, void, void> {
    yield { step: 'entry', entry: madeStart(1, 'Imported from the bytes of a stream'), atMs: 0 };
    yield { step: 'entry', entry: madeHead(1, framing), atMs: 0 };
    yield { step: 'body', attempt: 1, framing };
    let bytes = 0;
    for await (const chunk of file.open()) {
      bytes += chunk.length;
      yield { step: 'bytes', bytes: chunk, atMs: 0 };
    }
    yield { step: 'end-body', atMs: 0 };
    yield { step: 'entry', entry: madeEnd(1, bytes), atMs: 0 };
    yield { step: 'entry', entry: madeClose(1, 'The end of the imported bytes'), atMs: 0 };
  }
  const name = nameOfFile(file.name);
  const head = { name, method: 'GET', url: '', startedAt: null, outcome: 'ended' } as const;
  const label = `${LABEL} (${FRAMING_LABELS[framing]})`;
  return { format: label, captures: [{ head, note: FRAMING_LABELS[framing], steps }] };
}
