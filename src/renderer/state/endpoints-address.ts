/** Addresses as people type and paste them. Pure. */

/** What a request is called while nobody has given it a name: where it goes. */
export function nameOfAddress(url: string): string {
  const bare = url.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/[?#].*$/, '');
  return bare.replace(/\/+$/, '') || 'New endpoint';
}

/** An address as it was typed or pasted, made one that can be asked: spaces and quotes around it go, a missing scheme comes. */
export function completeAddress(typed: string): string {
  const url = typed
    .trim()
    .replace(/^(["'<])(.*)(["'>])$/s, '$2')
    .trim();
  if (url === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(url) || url.startsWith('{{')) return url;
  const local = /^(localhost|127\.|0\.0\.0\.0|\[::1\]|10\.|192\.168\.|[^./:]+:\d)/i.test(url);
  return `${local ? 'http' : 'https'}://${url}`;
}

/** A pasted text as an address; null when it is something else: more than one line, or without a scheme. */
export function pastedAddress(text: string): string | null {
  const address = completeAddress(text);
  return /^https?:\/\/\S+$/i.test(address) && /^\W*https?:/i.test(text) ? address : null;
}
