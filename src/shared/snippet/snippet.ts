/** A request as a piece of a program, for people to paste into theirs. */
import type { RequestMessage } from '../connection/request-message.ts';

export interface SnippetFormat {
  readonly id: string;
  readonly label: string;
  /** The program text; ends with a line end. What the language cannot say stands in it as a comment. */
  readonly write: (message: RequestMessage) => string;
}

/** Headers that a client sets by itself. */
const OWN_HEADERS = new Set(['host', 'connection', 'content-length', 'accept-encoding', 'user-agent']);

/** The headers that belong into a program. */
export function programHeaders(message: RequestMessage): readonly (readonly [string, string])[] {
  return message.headers.filter(([name]) => !OWN_HEADERS.has(name.toLowerCase()));
}
