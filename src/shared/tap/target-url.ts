/** The address that a tap stands in front of, and the address of a request that passes through. */

export interface TapTarget {
  readonly isTls: boolean;
  /** "api.openai.com", "127.0.0.1:8080": what Host says. */
  readonly authority: string;
  /** "https://api.openai.com" */
  readonly origin: string;
  /** "/v1" or "": put in front of the path of each request. */
  readonly basePath: string;
}

export type ReadTarget =
  | { readonly ok: true; readonly target: TapTarget }
  /** What is wrong and what would be right. */
  | { readonly ok: false; readonly message: string };

const LOCAL = /^(?:localhost|127\.|\[::1\]|0\.0\.0\.0|host\.docker\.internal)/i;

/** Reads a base URL; without a scheme it is http: for this machine and https: for others. */
export function readTarget(text: string): ReadTarget {
  const written = text.trim();
  if (written === '') return refuse('Write the address of the server, such as https://api.openai.com');
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? '' : LOCAL.test(written) ? 'http://' : 'https://';
  let url: URL;
  try {
    url = new URL(scheme + written);
  } catch {
    return refuse(`"${written}" is not an address. Write one such as https://api.openai.com`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return refuse('A tap stands in front of http: and https: servers only.');
  if (url.username !== '' || url.password !== '')
    return refuse('Leave user name and password out of the address: the program sends them itself.');
  if (url.search !== '' || url.hash !== '')
    return refuse('A base address has no ? and no #: leave them to the program.');
  return {
    ok: true,
    target: {
      isTls: url.protocol === 'https:',
      authority: url.host,
      origin: url.origin,
      basePath: url.pathname.replace(/\/+$/, ''),
    },
  };
}

function refuse(message: string): ReadTarget {
  return { ok: false, message };
}

/** The target of the request line that goes on: the path, behind the base path. */
export function passedTarget(target: TapTarget, asked: string): string {
  // A client that takes the tap for a proxy names the whole address.
  const path = /^https?:\/\/[^/?#]*(.*)$/i.exec(asked)?.[1] ?? asked;
  if (path === '*') return path;
  return target.basePath + (path.startsWith('/') ? path : `/${path}`);
}

/** The address that a redirect of the server leads to, as seen through the tap; null when it leads elsewhere. */
export function tappedLocation(target: TapTarget, tapBase: string, location: string): string | null {
  const base = target.origin + target.basePath;
  if (!location.toLowerCase().startsWith(base.toLowerCase())) return null;
  const rest = location.slice(base.length);
  return rest === '' || /^[/?#]/.test(rest) ? tapBase + rest : null;
}
