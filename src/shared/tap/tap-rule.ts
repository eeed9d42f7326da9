/** What a user lets a tap do to what passes through it. */

export type TapAction =
  /** The event goes on so much later, and what is behind it waits. */
  | { readonly kind: 'delay'; readonly delayMs: number }
  | { readonly kind: 'drop' }
  /** The event waits until somebody lets it go on. */
  | { readonly kind: 'hold' }
  /** `find` is a text, or /a regular expression/flags. */
  | { readonly kind: 'edit'; readonly find: string; readonly replace: string }
  /** The connection ends behind the n-th event that matches. */
  | { readonly kind: 'cut'; readonly afterEvents: number; readonly how: 'end' | 'reset' }
  /** The request is answered here and does not reach the server. */
  | { readonly kind: 'answer'; readonly status: number; readonly body: string };

export interface TapRule {
  readonly id: string;
  readonly enabled: boolean;
  /** Path of the request, `*` for any run of characters: `/v1/chat/*`; "" for all. */
  readonly path: string;
  /** Which events, in the words of the filter bar; "" for all. Not for `answer`. */
  readonly filter: string;
  /** Acts so many times while the tap runs, then no more; 0: always. */
  readonly times: number;
  readonly action: TapAction;
}

export type TapActionKind = TapAction['kind'];

export const TAP_ACTIONS: readonly TapActionKind[] = ['delay', 'drop', 'hold', 'edit', 'cut', 'answer'];

export function matchesPath(rule: TapRule, path: string): boolean {
  const wanted = rule.path.trim();
  if (wanted === '' || wanted === '*') return true;
  const pattern = wanted
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}(?:$|\\?)`, 's').test(path);
}
