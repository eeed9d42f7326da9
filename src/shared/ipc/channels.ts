/** The two Electron channels that everything between the window and main goes through. Apart, so that preload stays small. */

/** Calls: name and arguments in, an envelope out. */
export const INVOKE_CHANNEL = 'sse:invoke';
/** Feeds: name and payload. */
export const FEED_CHANNEL = 'sse:feed';
