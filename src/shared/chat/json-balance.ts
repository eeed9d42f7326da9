/**
 * Whether an object or array that is being streamed has been closed. It looks at brackets and strings only, each character
 * once, so asking after every piece stays linear; whether the text is valid JSON is another question.
 */
export interface Balance {
  /** `pieces` must be the array of the call before, grown at its end. */
  isWhole(pieces: readonly string[]): boolean;
}

export function createBalance(): Balance {
  let taken = 0;
  let depth = 0;
  let opened = false;
  let inString = false;
  let escaped = false;
  const scan = (piece: string): void => {
    for (const char of piece) {
      if (escaped) escaped = false;
      else if (inString) {
        if (char === '\\') escaped = true;
        else if (char === '"') inString = false;
      } else if (char === '"') inString = true;
      else if (char === '{' || char === '[') {
        depth += 1;
        opened = true;
      } else if (char === '}' || char === ']') depth -= 1;
    }
  };
  return {
    isWhole(pieces) {
      for (; taken < pieces.length; taken += 1) scan(pieces[taken] as string);
      return opened && depth <= 0 && !inString;
    },
  };
}
