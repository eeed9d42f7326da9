/** The entry of a session that passed through a tap: what the tap did. */

/**
 * What a tap did to this exchange besides passing it on, or what of it was not kept. The session holds what the server sent; what
 * went on instead is here.
 */
export interface TapMarkEntry {
  readonly kind: 'tap-mark';
  readonly attempt: number;
  readonly what: TapMark;
  /** A sentence that says what was done and by which rule. */
  readonly message: string;
  /** The event concerned, counted from 1 in this response; null when it is none. */
  readonly event: number | null;
  /** What went on instead, as text and cut when it is long; missing when nothing did. */
  readonly sent?: string;
}

/**
 * - `delayed`, `held`, `released`, `dropped`, `edited`: an event.
 * - `cut`: the connection; `answered`: the request, by the tap itself.
 * - `decoded`, `identity-asked`, `reframed`: the response was asked for or went on otherwise than it came, so that events can be changed.
 * - `location-changed`: a redirect was turned to the tap.
 * - `upgraded`: bytes of another protocol went through.
 * - `not-kept`: a part of the body is only counted, or could not be read.
 */
export type TapMark =
  | 'delayed'
  | 'held'
  | 'released'
  | 'dropped'
  | 'edited'
  | 'cut'
  | 'answered'
  | 'decoded'
  | 'identity-asked'
  | 'reframed'
  | 'location-changed'
  | 'upgraded'
  | 'not-kept';
