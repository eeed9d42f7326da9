/** What the window's page may load: its own files, and images and sound that were found in a stream. */

/** Styles are inline because Svelte sets style attributes; `data:` and `blob:` show images and sound found in a stream. */
const DIRECTIVES: Readonly<Record<string, string>> = {
  'default-src': "'self'",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data: blob:",
  'media-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-src': "'none'",
  'frame-ancestors': "'none'",
};

/** The Content-Security-Policy of the built page. */
export const CONTENT_POLICY = serialize(DIRECTIVES);

/** The policy of the dev server's page at `host`: hot reload needs inline scripts and its socket. */
export function developmentPolicy(host: string): string {
  return serialize({
    ...DIRECTIVES,
    'script-src': "'self' 'unsafe-inline'",
    'connect-src': `'self' ws://${host}`,
  });
}

function serialize(directives: Readonly<Record<string, string>>): string {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}
