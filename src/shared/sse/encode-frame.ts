/**
 * What a frame means as the plainest bytes that mean the same: the counterpart of the event parser. Exports leave the bytes of a
 * frame out where they are these; imports make them again.
 */
import { encodeBlock } from './encode.ts';
import type { Framing } from './framing.ts';

/** What a frame says, in the words of docs/formats.md. */
export interface FrameWords {
  readonly framing: Framing;
  /** Of an event, else null. */
  readonly type: string | null;
  readonly data: string;
  readonly id: string | null;
  readonly retryMs: number | null;
  readonly comments: readonly string[];
}

const SEPARATOR = '\u001e';

/**
 * Throws when an id or a type holds what a line cannot carry. Binary messages are not text: null. An item of a JSON array stands
 * by itself, which is read as an item as well.
 */
export function frameText({ framing, type, data, id, retryMs, comments }: FrameWords): string | null {
  switch (framing) {
    case 'sse': {
      const isComment = type === null && id === null && retryMs === null;
      if (isComment) return comments.map((comment) => `: ${comment}\n`).join('');
      return encodeBlock({
        comments,
        ...(id === null ? {} : { id }),
        ...(type === null || type === 'message' ? {} : { type }),
        ...(retryMs === null ? {} : { retryMs }),
        ...(type === null ? {} : { data }),
      });
    }
    case 'json-seq':
      return `${SEPARATOR}${data}\n`;
    case 'aws-event-stream':
      return null;
    default:
      return `${data}\n`;
  }
}
