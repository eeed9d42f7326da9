/**
 * Serves the built window as `streamscope://app/…`, an origin of its own, so that the sender of a message can be checked and the
 * page has no power over files. In development the page comes from the local dev server instead. Never serves anything but the
 * files of the window.
 */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import { CONTENT_POLICY, developmentPolicy } from './content-policy.ts';

const SCHEME = 'streamscope';
const HOST = 'app';
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** Where the window's page is, and which origin its messages must come from. */
export interface Page {
  readonly url: string;
  readonly origin: string;
  /**
   * Resolves when the page has taken its script, or a moment later when it has not. What keeps this process busy is best begun then: it
   * is here that the page is handed out.
   */
  readonly taken: Promise<void>;
}

/** A page that has not taken its script by then has a trouble of its own. */
const LATEST_MS = 1500;

/** Must run before the app is ready. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Starts to serve the files of `folder`; or, with a dev server, sets the policy for its pages. */
export function servePage(session: Session, folder: string, devServerUrl: string | null): Page {
  if (devServerUrl !== null) return allowDevServer(session, new URL(devServerUrl));
  let tell: () => void = () => undefined;
  const taken = new Promise<void>((resolve) => {
    tell = resolve;
    setTimeout(resolve, LATEST_MS);
  });
  session.protocol.handle(SCHEME, (request) => answer(folder, new URL(request.url), tell));
  const origin = `${SCHEME}://${HOST}`;
  return { url: `${origin}/index.html`, origin, taken };
}

async function answer(folder: string, url: URL, scriptTaken: () => void): Promise<Response> {
  const path = fileOf(folder, url);
  const contentType = path === null ? undefined : CONTENT_TYPES[extname(path)];
  if (path === null || contentType === undefined) return notFound();
  try {
    const bytes = await readFile(path);
    return new Response(extname(path) === '.js' ? heard(bytes, scriptTaken) : bytes, {
      headers: {
        'content-type': contentType,
        'content-security-policy': CONTENT_POLICY,
        'x-content-type-options': 'nosniff',
      },
    });
  } catch {
    // The only caller is the app's own page; a file that is not there is a 404 to it, as on any server.
    return notFound();
  }
}

/** A body that tells when all of it has been taken. */
function heard(bytes: Uint8Array, taken: () => void): ReadableStream<Uint8Array> {
  let given = false;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (!given) controller.enqueue(bytes);
        else {
          controller.close();
          taken();
        }
        given = true;
      },
    },
    { highWaterMark: 0 },
  );
}

function fileOf(folder: string, url: URL): string | null {
  if (url.host !== HOST) return null;
  try {
    const path = normalize(join(folder, decodeURIComponent(url.pathname)));
    return path.startsWith(folder + sep) && !path.includes('\0') ? path : null;
  } catch {
    return null;
  }
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } });
}

function allowDevServer(session: Session, url: URL): Page {
  const policy = developmentPolicy(url.host);
  session.webRequest.onHeadersReceived({ urls: [`${url.origin}/*`] }, (details, callback) => {
    callback({ responseHeaders: { ...details.responseHeaders, 'Content-Security-Policy': [policy] } });
  });
  return { url: url.href, origin: url.origin, taken: Promise.resolve() };
}
