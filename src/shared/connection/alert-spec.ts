/** What an endpoint asks to be alerted to: a setting that is kept with its request and never sent. */

export interface AlertSpec {
  /** A query of docs/query-language.md: an event that passes it is told; "": off. */
  readonly matches: string;
  /** An open stream that brings nothing for so long is told; 0: off. */
  readonly stallMs: number;
  /** A stream that ends by itself is told. */
  readonly onEnd: boolean;
  /** An attempt that fails, or is refused, is told. */
  readonly onFailure: boolean;
  /** A check of the endpoint that fails is told, as soon as it does. */
  readonly onCheckFailed: boolean;
}

export const NO_ALERTS: AlertSpec = {
  matches: '',
  stallMs: 0,
  onEnd: false,
  onFailure: false,
  onCheckFailed: false,
};

/** A day. */
export const MAX_STALL_MS = 86_400_000;

export function hasAlerts({ matches, stallMs, onEnd, onFailure, onCheckFailed }: AlertSpec): boolean {
  return matches !== '' || stallMs > 0 || onEnd || onFailure || onCheckFailed;
}
