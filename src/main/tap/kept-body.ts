/** The body of a request as it is kept: its text up to a limit, and its size. */

export interface KeptBody {
  readonly bytes: number;
  /** Not all of it is kept. */
  readonly cut: boolean;
  add(bytes: Uint8Array): void;
  /** "" for bytes that are no text. */
  text(): string;
  /** How much is kept, for a sentence: "the first 1,024 bytes", "nothing". */
  keptWords(): string;
}

export function createKeptBody(maxBytes: number): KeptBody {
  const parts: Uint8Array[] = [];
  let kept = 0;
  let bytes = 0;
  let read: string | null = null;

  const decode = (): string => {
    try {
      // A character that is cut in two at the end is left out and is no fault.
      const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts), {
        stream: bytes > kept,
      });
      return bytes > kept ? withoutOpenSecret(text) : text;
    } catch {
      return '';
    }
  };
  const text = () => (read ??= decode());

  return {
    get bytes() {
      return bytes;
    },
    get cut() {
      return bytes > 0 && (bytes > kept || text() === '');
    },
    add(part) {
      bytes += part.length;
      if (kept >= maxBytes) return;
      const room = part.subarray(0, maxBytes - kept);
      // A copy: the part may be a slice of a much larger read.
      parts.push(Uint8Array.from(room));
      kept += room.length;
      read = null;
    },
    text,
    keptWords: () => (text() === '' ? 'nothing' : `the first ${kept.toLocaleString('en')} bytes`),
  };
}

/** Text that was cut may end inside a secret, which can then not be told from other text: its value goes. */
function withoutOpenSecret(text: string): string {
  const open = /"(?:[^"\\]|\\.){1,80}"\s*:\s*"(?:[^"\\]|\\.)*$/.exec(text.slice(-65_536));
  if (open) return text.slice(0, text.length - open[0].length);
  return /^[^\s{["]+=/.test(text) ? text.slice(0, Math.max(0, text.lastIndexOf('&'))) : text;
}
