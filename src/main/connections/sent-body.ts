/** Keeps the bytes of a request's body as they are sent, up to a limit; of a longer one only the size is known in the end. */
import type { SentRequest } from '../../shared/session/exchange-facts.ts';

export type SentBody = Pick<SentRequest, 'body' | 'binary' | 'bodyBytes'>;

export interface SentBodyKeeper {
  push(bytes: Uint8Array): void;
  read(): SentBody;
}

export function createSentBody(maxBytes: number): SentBodyKeeper {
  let kept: Uint8Array[] = [];
  let bytes = 0;
  return {
    push(part) {
      bytes += part.length;
      // A body that is cut off could end inside a secret, which could then not be told from other text.
      if (bytes > maxBytes) kept = [];
      // A copy: a part would hold on to a whole that may be large.
      else kept.push(Buffer.from(part));
    },
    read: () => ({ ...textOfBody(Buffer.concat(kept)), bodyBytes: bytes }),
  };
}

/** UTF-8 where it is that, else one character a byte, so that secrets can still be found in it and no byte is lost. */
function textOfBody(bytes: Buffer): { readonly body: string; readonly binary?: true } {
  try {
    return { body: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { body: bytes.toString('latin1'), binary: true };
  }
}
