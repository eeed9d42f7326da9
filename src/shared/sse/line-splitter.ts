/**
 * Cuts a body into lines, each with its LF: NDJSON and plain text. A CR is not a line end here, it is white space in front of a
 * LF (https://github.com/ndjson/ndjson-spec 3.1). An empty line is a frame too, for servers send them to keep a connection alive.
 */
import { createFrameCutter, type ByteSplitter, type OnCut } from './frame-cutter.ts';

const LF = 10;

export function createLineSplitter(maxFrameBytes: number, onCut: OnCut): ByteSplitter {
  const cutter = createFrameCutter(maxFrameBytes, onCut);
  return {
    flags: 0,
    get openBytes() {
      return cutter.openBytes;
    },
    begin: () => cutter.begin(),
    push(bytes) {
      for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) cutter.cut(at + 1, 'whole');
      cutter.endRead(bytes.length);
    },
    end() {
      if (cutter.openBytes > 0) cutter.cut(0, 'tail');
    },
  };
}
