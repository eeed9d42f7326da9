/** How an answer crosses from main to the window. Electron carries only an error's message, hence the envelope. */

export type ErrorCode = 'bad-arguments' | 'not-found' | 'busy' | 'storage' | 'cancelled' | 'internal';

export interface ErrorBody {
  readonly code: ErrorCode;
  /** For people: what happened and what to do. */
  readonly message: string;
}

export type Envelope<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorBody };

/** An error with a code that survives the crossing. */
export class CodedError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'CodedError';
  }
}

export function toErrorBody(error: unknown): ErrorBody {
  if (error instanceof CodedError) return { code: error.code, message: error.message };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}
