/** The address that a start of the app was given on its command line. */

/** The first http or https address among the arguments, in its normal form; null when there is none. */
export function launchUrl(args: readonly string[]): string | null {
  for (const arg of args) {
    if (!/^https?:\/\//i.test(arg)) continue;
    try {
      return new URL(arg).href;
    } catch {
      // Looks like an address and is none: the next argument may be one.
    }
  }
  return null;
}

/** What a second start hands to the first. */
export interface Handover {
  readonly openUrl: string | null;
  readonly openFolder: string | null;
  readonly openFiles: readonly string[];
}

/** The address in a handover; null when there is none, or when what came is no handover of this version. */
export function handedUrl(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('openUrl' in data)) return null;
  return typeof data.openUrl === 'string' ? launchUrl([data.openUrl]) : null;
}
