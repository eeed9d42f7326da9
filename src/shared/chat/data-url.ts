/** A `data:` URL in base64, taken apart (RFC 2397). */

export interface DataUrl {
  readonly format: string;
  readonly data: string;
}

/** Null for any other URL. */
export function dataUrlOf(url: string): DataUrl | null {
  const head = /^data:([^,]*?)(?:;base64)?,/i.exec(url.slice(0, 200));
  if (!head || !/;base64,$/i.test(head[0])) return null;
  return { format: head[1] ?? '', data: url.slice(head[0].length) };
}
