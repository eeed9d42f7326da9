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
