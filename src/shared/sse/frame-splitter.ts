/**
 * Cuts a body into frames, by bytes: it finds line ends, blank lines and comment lines and nothing else, so that every byte
 * belongs to exactly one frame. Where the body was cut into reads changes nothing in the frames, and every byte is looked
 * at a bounded number of times. What a frame means is not its business (block-parser). WHATWG HTML 9.2.6.
 *
 * A frame ends
 * - at the blank line, when its block has a line that is not a comment;
 * - at the end of a comment line that had no such line before it, so that a keep-alive is seen at once.
 * Blank lines that end no block lead the next frame. A CR at the end of what arrived ends its line at once; if a LF follows
 * it belongs to the same frame, which is then said to have grown (`onExtend`).
 */
import type { FrameEnd } from './types.ts';

export interface FrameSplitterOptions {
  /** A frame that outgrows this is handed out in pieces of this size, with end `cap`. */
  readonly maxFrameBytes: number;
  readonly onFrame: (offset: number, length: number, end: FrameEnd) => void;
  /** The last frame grows by one byte, the LF of its CRLF. */
  readonly onExtend: () => void;
}

export interface FrameSplitter {
  /** Offset of the first byte that is in no frame yet. */
  readonly frameStart: number;
  /** A body begins; its first byte has this offset. */
  begin(offset: number): void;
  /** One read, one character a byte (latin1). UTF-8 needs no decoding here: its longer characters hold no CR, LF or colon. */
  push(text: string): void;
  end(): void;
}

const LF = 10;
const COLON = 58;
const BOM = [0xef, 0xbb, 0xbf] as const;

export function createFrameSplitter(options: FrameSplitterOptions): FrameSplitter {
  const { maxFrameBytes, onFrame, onExtend } = options;

  /** Offset of the read in hand, and after it of the next. */
  let base = 0;
  let frameStart = 0;
  /** Offset of the block's first character that is not a line end; -1 while there is none. A comment is content too. */
  let contentStart = -1;
  /** The block's first line with content is a comment: its line end ends the frame. */
  let inComment = false;
  /** The next character begins a line. */
  let atLineStart = true;
  /** A CR was the last byte: a LF now is its second half. */
  let afterCr = false;
  /** …and that CR ended a frame. */
  let afterFrameCr = false;
  /** Bytes of a BOM seen at the start of the body; -1 when that is settled. */
  let bomBytes = 0;
  /** Pieces of the frame in hand have been handed out. */
  let cutUp = false;

  /** Hands out full pieces until what remains before `end` fits the cap. Which bytes they hold depends on nothing but the body. */
  function cutPieces(end: number): void {
    while (end - frameStart > maxFrameBytes) {
      const pieceEnd = frameStart + maxFrameBytes;
      const onlyLineEnds = !cutUp && (contentStart === -1 || contentStart >= pieceEnd);
      if (!onlyLineEnds) cutUp = true;
      const pieceStart = frameStart;
      frameStart = pieceEnd;
      onFrame(pieceStart, maxFrameBytes, onlyLineEnds ? 'line-ends' : 'cap');
    }
  }

  /** `end` is behind the frame's last byte; `capEnd` is the same without the LF of a CRLF, which may yet be on its way. */
  function finish(end: number, capEnd: number, how: FrameEnd): void {
    if (capEnd - frameStart > maxFrameBytes) cutPieces(capEnd);
    const start = frameStart;
    const reason = cutUp ? 'cap' : how;
    frameStart = end;
    contentStart = -1;
    inComment = false;
    atLineStart = true;
    cutUp = false;
    onFrame(start, end - start, reason);
  }

  /** Where in `text` the body goes on behind the bytes of a BOM. */
  function passBom(text: string, from: number): number {
    let at = from;
    while (at < text.length && bomBytes >= 0) {
      if (text.charCodeAt(at) === BOM[bomBytes]) {
        at += 1;
        bomBytes = bomBytes === 2 ? -1 : bomBytes + 1;
      } else {
        settlePartialBom();
      }
    }
    return at;
  }

  /** The bytes looked like a BOM and were not: they begin a line. */
  function settlePartialBom(): void {
    if (bomBytes > 0) {
      contentStart = frameStart;
      atLineStart = false;
    }
    bomBytes = -1;
  }

  /** The first character of a block that is no line end says what ends the frame. */
  function beginContent(text: string, at: number): void {
    contentStart = base + at;
    inComment = text.charCodeAt(at) === COLON;
    atLineStart = false;
  }

  /** From `from` on there is no CR: blank lines are pairs of LF, found without looking at each line. */
  function splitAtLf(text: string, from: number): void {
    let at = from;
    while (at < text.length) {
      if (contentStart === -1) {
        while (text.charCodeAt(at) === LF) at += 1;
        if (at === text.length) return;
        beginContent(text, at);
      }
      let last: number;
      if (inComment) last = text.indexOf('\n', at);
      else if (atLineStart && text.charCodeAt(at) === LF) last = at;
      else {
        const pair = text.indexOf('\n\n', at);
        last = pair === -1 ? -1 : pair + 1;
      }
      if (last === -1) {
        atLineStart = text.charCodeAt(text.length - 1) === LF;
        return;
      }
      at = last + 1;
      finish(base + at, base + at, inComment ? 'comment-line' : 'blank-line');
    }
  }

  /** Line by line while there is a CR ahead, then the quick way. */
  function split(text: string, from: number): void {
    let at = from;
    let nextCr = text.indexOf('\r', at);
    let nextLf = nextCr === -1 ? -1 : text.indexOf('\n', at);
    while (nextCr !== -1) {
      const byCr = nextLf === -1 || nextCr < nextLf;
      const lineEnd = byCr ? nextCr : nextLf;
      const blank = atLineStart && lineEnd === at;
      if (!blank && contentStart === -1) beginContent(text, at);
      at = lineEnd + 1;
      if (byCr && text.charCodeAt(at) === LF) at += 1;
      afterCr = byCr && lineEnd === text.length - 1;
      atLineStart = true;
      if (contentStart !== -1 && (blank || inComment)) {
        afterFrameCr = afterCr;
        finish(base + at, base + lineEnd + 1, inComment ? 'comment-line' : 'blank-line');
      }
      if (nextLf !== -1 && nextLf < at) nextLf = text.indexOf('\n', at);
      if (nextCr < at) nextCr = text.indexOf('\r', at);
    }
    splitAtLf(text, at);
  }

  return {
    get frameStart() {
      return frameStart;
    },
    begin(offset) {
      base = frameStart = offset;
      contentStart = -1;
      inComment = afterCr = afterFrameCr = cutUp = false;
      atLineStart = true;
      bomBytes = 0;
    },
    push(text) {
      if (text === '') return;
      let at = 0;
      if (afterCr) {
        if (text.charCodeAt(0) === LF) {
          at = 1;
          if (afterFrameCr) {
            frameStart += 1;
            onExtend();
          }
        }
        afterCr = afterFrameCr = false;
      }
      if (bomBytes >= 0) at = passBom(text, at);
      split(text, at);
      base += text.length;
      cutPieces(base);
    },
    end() {
      settlePartialBom();
      if (frameStart === base) return;
      finish(base, base, contentStart === -1 ? 'line-ends' : 'end-of-stream');
    },
  };
}
