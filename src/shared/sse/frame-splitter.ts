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

/**
 * Places in a body are told relative to the read in hand, so that they stay small integers in a body of any length; a frame
 * that began in an earlier read has a negative `from`.
 */
export interface FrameSplitterOptions {
  /** A frame that outgrows this is handed out in pieces of this size, with end `cap`. At least 3, the length of a BOM. */
  readonly maxFrameBytes: number;
  /** A frame from `from` (inclusive) to `to` (exclusive). */
  readonly onFrame: (from: number, to: number, end: FrameEnd) => void;
  /**
   * A frame of the read in hand that is one line, which is no comment, and its blank line, both ended by LF alone. `lineEnd` is the
   * place of the first LF, and the frame ends two bytes behind it. Not told by `onFrame`.
   */
  readonly onLine: (from: number, lineEnd: number) => void;
  /** The last frame grows by one byte, the LF of its CRLF. */
  readonly onExtend: () => void;
}

export interface FrameSplitter {
  /** Bytes at the end of what was pushed that are in no frame yet. */
  readonly openBytes: number;
  /** A body begins. `maxFrameBytes`, where given, holds from here on. */
  begin(maxFrameBytes?: number): void;
  /** One read, one character a byte (latin1). UTF-8 needs no decoding here: its longer characters hold no CR, LF or colon. */
  push(text: string): void;
  /** The body is over. Its last frame lies before the (empty) read in hand. */
  end(): void;
}

const LF = 10;
const COLON = 58;
const BOM = [0xef, 0xbb, 0xbf] as const;

export function createFrameSplitter(options: FrameSplitterOptions): FrameSplitter {
  const { onFrame, onLine, onExtend } = options;
  let maxFrameBytes = Math.max(BOM.length, options.maxFrameBytes);

  let frameStart = 0;
  /** The frame has a character that is no line end. A comment is content too. */
  let hasContent = false;
  /** Where that is; it matters to frames that outgrow the cap. */
  let contentStart = 0;
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
      const pieceStart = frameStart;
      frameStart += maxFrameBytes;
      const onlyLineEnds = !cutUp && (!hasContent || contentStart >= frameStart);
      cutUp = !onlyLineEnds;
      onFrame(pieceStart, frameStart, onlyLineEnds ? 'line-ends' : 'cap');
    }
  }

  /** `end` is behind the frame's last byte; `capEnd` is the same without the LF of a CRLF, which may yet be on its way. */
  function finish(end: number, capEnd: number, how: FrameEnd): void {
    cutPieces(capEnd);
    const start = frameStart;
    const reason = cutUp ? 'cap' : how;
    frameStart = end;
    hasContent = false;
    inComment = false;
    atLineStart = true;
    cutUp = false;
    onFrame(start, end, reason);
  }

  /** Where the body goes on behind the bytes of a BOM. */
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
      hasContent = true;
      contentStart = frameStart;
      atLineStart = false;
    }
    bomBytes = -1;
  }

  /** The first character of a block that is no line end says what ends the frame. */
  function beginContent(text: string, at: number): void {
    hasContent = true;
    contentStart = at;
    inComment = text.charCodeAt(at) === COLON;
    atLineStart = false;
  }

  /** The usual body: one block of LF lines after the other. Stops at the first frame that is anything else. No CR is ahead. */
  function splitBlocks(text: string, from: number): number {
    let at = from;
    for (;;) {
      const first = text.charCodeAt(at);
      if (first === LF || first === COLON) break;
      const lineEnd = text.indexOf('\n', at);
      let blank = lineEnd + 1;
      while (blank !== 0 && text.charCodeAt(blank) !== LF) blank = text.indexOf('\n', blank) + 1;
      if (blank === 0 || blank + 1 - at > maxFrameBytes) break;
      if (blank === lineEnd + 1) onLine(at, lineEnd);
      else onFrame(at, blank + 1, 'blank-line');
      at = blank + 1;
    }
    frameStart = at;
    return at;
  }

  /** From `from` on there is no CR. */
  function splitAtLf(text: string, from: number): void {
    let at = from;
    while (at < text.length) {
      if (!hasContent) {
        if (at === frameStart) at = splitBlocks(text, at);
        while (text.charCodeAt(at) === LF) at += 1;
        if (at === text.length) return;
        beginContent(text, at);
      }
      let last = text.indexOf('\n', at);
      if (!inComment && !(atLineStart && last === at)) {
        while (last !== -1 && text.charCodeAt(last + 1) !== LF) last = text.indexOf('\n', last + 1);
        if (last !== -1) last += 1;
      }
      if (last === -1) {
        atLineStart = text.charCodeAt(text.length - 1) === LF;
        return;
      }
      at = last + 1;
      finish(at, at, inComment ? 'comment-line' : 'blank-line');
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
      if (!blank && !hasContent) beginContent(text, at);
      at = lineEnd + 1;
      if (byCr && text.charCodeAt(at) === LF) at += 1;
      afterCr = byCr && lineEnd === text.length - 1;
      atLineStart = true;
      if (hasContent && (blank || inComment)) {
        afterFrameCr = afterCr;
        finish(at, lineEnd + 1, inComment ? 'comment-line' : 'blank-line');
      }
      if (nextLf !== -1 && nextLf < at) nextLf = text.indexOf('\n', at);
      if (nextCr < at) nextCr = text.indexOf('\r', at);
    }
    splitAtLf(text, at);
  }

  return {
    get openBytes() {
      return -frameStart;
    },
    begin(newMaxFrameBytes) {
      maxFrameBytes = Math.max(BOM.length, newMaxFrameBytes ?? maxFrameBytes);
      frameStart = 0;
      hasContent = inComment = afterCr = afterFrameCr = cutUp = false;
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
            frameStart = 1;
            onExtend();
          }
        }
        afterCr = afterFrameCr = false;
      }
      if (bomBytes >= 0) at = passBom(text, at);
      split(text, at);
      cutPieces(text.length);
      frameStart -= text.length;
      contentStart -= text.length;
    },
    end() {
      settlePartialBom();
      if (frameStart < 0) finish(0, 0, hasContent ? 'end-of-stream' : 'line-ends');
    },
  };
}
