/**
 * Who may use a tap. On the loopback interface whoever is on this machine, as long as the Host header says so: a page of the web
 * whose name was pointed at 127.0.0.1 (DNS rebinding) says its own name there. Opened to the network, whoever has the token.
 */
import type { MessageHead } from './http1-head.ts';
import { fieldValues } from './http1-head.ts';

export const TOKEN_HEADER = 'x-streamscope-tap';
/** In front of the token where it is a part of the path. */
export const TOKEN_PATH = '/~tap-';

export interface AccessRules {
  /** null: the tap is on the loopback interface and needs none. */
  readonly token: string | null;
}

export type Access =
  /** `target` without the token. */
  | { readonly ok: true; readonly target: string }
  | { readonly ok: false; readonly status: 401 | 403; readonly message: string };

const LOOPBACK =
  /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.localhost)(?::\d{1,5})?$/i;

export function accessOf(head: MessageHead, target: string, { token }: AccessRules): Access {
  if (token === null) {
    const host = fieldValues(head, 'host');
    if (host.length === 0 || (host.length === 1 && LOOPBACK.test(host[0] as string)))
      return { ok: true, target };
    return {
      ok: false,
      status: 403,
      message: `This tap is for programs on this machine, and the request was made for the host "${host.join(', ')}". Use its address with 127.0.0.1 or localhost; to use it from elsewhere, open it to the network.`,
    };
  }
  const prefix = TOKEN_PATH + token;
  const inPath = same(target.slice(0, prefix.length), prefix) && /^$|^[/?]/.test(target.slice(prefix.length));
  if (inPath) return { ok: true, target: target.slice(prefix.length) || '/' };
  if (fieldValues(head, TOKEN_HEADER).some((value) => same(value, token))) return { ok: true, target };
  return {
    ok: false,
    status: 401,
    message: `This tap is open to the network and wants its token: use the address that Streamscope shows, which has it in the path, or send it as the header ${TOKEN_HEADER}.`,
  };
}

/** The value of a header without the token, which must not travel on. */
export function withoutToken(value: string, token: string): string {
  return value.replaceAll(TOKEN_PATH + token, '');
}

/** Compares in a time that does not tell where they differ. */
function same(given: string, wanted: string): boolean {
  if (given.length !== wanted.length) return false;
  let difference = 0;
  for (let at = 0; at < wanted.length; at += 1) difference |= given.charCodeAt(at) ^ wanted.charCodeAt(at);
  return difference === 0;
}
