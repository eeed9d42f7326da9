/** A body of any framing on its way into frames; what recording, indexing and decoding share. */
import {
  createFrameReader,
  MAX_FRAME_BYTES,
  type FrameReader,
  type FrameReaderOptions,
} from './frame-reader.ts';
import type { Framing } from './framing.ts';
import { createValueReader } from './value-reader.ts';

export interface BodyReader extends Pick<FrameReader, 'push' | 'frameBytes' | 'end'> {
  /** The last event ID string: it outlives bodies; only event streams change it. */
  lastEventId: string;
  /**
   * A body begins at `wireOffset`. `framing` null: its bytes are counted and not framed. `maxFrameBytes`, where given, holds from
   * here on.
   */
  begin(wireOffset: number, framing: Framing | null, maxFrameBytes?: number): void;
}

export function createBodyReader(options: FrameReaderOptions): BodyReader {
  const { byteText, onFrame } = options;
  const events = createFrameReader(options);
  const values = createValueReader({ byteText, onFrame });
  let capBytes = options.maxFrameBytes ?? MAX_FRAME_BYTES;
  let reader: Pick<FrameReader, 'push' | 'frameBytes' | 'end'> = events;
  return {
    get lastEventId() {
      return events.lastEventId;
    },
    set lastEventId(id) {
      events.lastEventId = id;
    },
    begin(wireOffset, framing, maxFrameBytes) {
      capBytes = maxFrameBytes ?? capBytes;
      if (framing === null || framing === 'sse') {
        reader = events;
        events.begin(wireOffset, framing === 'sse', maxFrameBytes);
      } else {
        reader = values;
        values.begin(wireOffset, framing, capBytes);
      }
    },
    push: (bytes) => reader.push(bytes),
    frameBytes: () => reader.frameBytes(),
    end: () => reader.end(),
  };
}
