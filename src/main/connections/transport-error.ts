/** An error that is already in words: what went wrong on the way to a server, and what to do about it. */
import type { Failure, FailureCode } from '../../shared/connection/types.ts';

export class TransportError extends Error {
  readonly failure: Failure;

  /** @param cause the runtime's own code, such as ECONNREFUSED */
  constructor(code: FailureCode, message: string, cause?: string) {
    super(message);
    this.name = 'TransportError';
    this.failure = cause === undefined ? { code, message } : { code, message, cause };
  }
}

/** The runtime's code of an error, or its message. */
export function codeOrMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && code !== '' ? code : error.message;
}
