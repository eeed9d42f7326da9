/** Which proxy leads to an address: the endpoint's own, the system's, the environment's, or none. No sockets here. */
import { BlockList, isIP } from 'node:net';
import type { ProxySpec } from '../../shared/connection/transport.ts';
import { TransportError } from './transport-error.ts';

export interface ProxyServer {
  readonly scheme: 'http' | 'https' | 'socks5';
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

/** null: directly. */
export type Route = ProxyServer | null;

/** Gives the proxies for an address as a PAC script says them, "PROXY host:port; DIRECT", or as URLs. */
export type SystemProxy = (url: string) => Promise<string>;

const DEFAULT_PORTS = { http: 80, https: 443, socks5: 1080 } as const;

/** The ways to try for `url`, in order; never empty. Throws `TransportError` when the endpoint's proxy cannot be read. */
export async function routesTo(
  url: URL,
  proxy: ProxySpec,
  systemProxy: SystemProxy,
): Promise<readonly Route[]> {
  if (proxy.mode === 'none') return [null];
  if (proxy.mode === 'manual') return isBypassed(url, proxy.bypass) ? [null] : [manualProxy(proxy)];
  // Whatever the system says, a proxy elsewhere could not reach what runs here.
  if (isLoopback(hostOf(url)) || isBypassed(url, proxy.bypass)) return [null];
  const routes = readRoutes(await systemProxy(`${url.protocol}//${url.host}${url.pathname}`));
  return routes.length === 0 ? [null] : routes;
}

function manualProxy(proxy: ProxySpec): ProxyServer {
  const server = readProxyUrl(proxy.url.trim());
  if (!server) {
    const what =
      proxy.url.trim() === '' ? 'There is no proxy address' : 'The address of the proxy cannot be read';
    throw new TransportError(
      'invalid-request',
      `${what}. Write it as http://host:port, https://host:port or socks5://host:port.`,
    );
  }
  if (proxy.username === '' && proxy.password === '') return server;
  return { ...server, username: proxy.username, password: proxy.password };
}

/** "http://me:secret@host:port", or "host:port" for an HTTP proxy; null when it is neither. */
export function readProxyUrl(text: string): ProxyServer | null {
  let url: URL;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
    const scheme = SCHEMES[url.protocol];
    if (scheme === undefined || url.hostname === '') return null;
    return {
      scheme,
      host: hostOf(url),
      port: url.port === '' ? DEFAULT_PORTS[scheme] : Number(url.port),
      username: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
    };
  } catch {
    return null;
  }
}

const SCHEMES: Readonly<Record<string, ProxyServer['scheme']>> = {
  'http:': 'http',
  'https:': 'https',
  'socks5:': 'socks5',
  'socks5h:': 'socks5',
  'socks:': 'socks5',
};

/** The answer of a PAC script or of the environment; what is not understood is left out. */
export function readRoutes(answer: string): Route[] {
  return answer.split(';').flatMap((part): Route[] => {
    const [word = '', address = ''] = part.trim().split(/\s+/, 2);
    if (/^direct$/i.test(word)) return [null];
    const scheme = PAC_SCHEMES[word.toUpperCase()];
    const server = readProxyUrl(scheme === undefined ? part.trim() : `${scheme}://${address}`);
    return server === null || part.trim() === '' ? [] : [server];
  });
}

const PAC_SCHEMES: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks5',
  SOCKS5: 'socks5',
};

/** Reads HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, in small letters too, which win. */
export function environmentProxy(environment: Readonly<Record<string, string | undefined>>): SystemProxy {
  const value = (name: string) => environment[name.toLowerCase()] || environment[name] || '';
  return async (text) => {
    const url = new URL(text);
    const named = url.protocol === 'https:' ? value('HTTPS_PROXY') : value('HTTP_PROXY');
    return isBypassed(url, value('NO_PROXY')) ? 'DIRECT' : named || value('ALL_PROXY') || 'DIRECT';
  };
}

/** Whether one of the exceptions, separated by commas or blanks, names the host of `url`. */
export function isBypassed(url: URL, exceptions: string): boolean {
  const host = hostOf(url).toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return exceptions
    .toLowerCase()
    .split(/[\s,;]+/)
    .some((exception) => exception !== '' && names(exception, host, port));
}

function names(exception: string, host: string, port: string): boolean {
  if (exception === '*') return true;
  if (exception === '<local>') return !host.includes('.') && !host.includes(':');
  if (exception.includes('/')) return isIn(exception, host);
  const withPort = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(exception);
  if (withPort) return withPort[2] === port && names(withPort[1] as string, host, port);
  const name = exception.replace(/^\[|\]$/g, '').replace(/^\*?\./, '');
  return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`));
}

/** Whether an address is in a network such as 10.0.0.0/8. */
function isIn(network: string, host: string): boolean {
  const [address = '', bits = ''] = network.split('/');
  const family = isIP(host);
  if (family === 0 || isIP(address) !== family || !/^\d{1,3}$/.test(bits)) return false;
  if (Number(bits) > (family === 6 ? 128 : 32)) return false;
  const type = family === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(address, Number(bits), type);
  return list.check(host, type);
}

function isLoopback(host: string): boolean {
  return (
    host === '::1' || /^(?:.+\.)?localhost\.?$/i.test(host) || (isIP(host) === 4 && host.startsWith('127.'))
  );
}

/** The host of an address as sockets take it: without brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** "host:port", with brackets where they are needed. */
export function hostAndPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The proxy for people and for the record; its credentials go through redaction like those of every address. */
export function proxyText(proxy: ProxyServer): string {
  const { scheme, host, port, username, password } = proxy;
  const word = encodeURIComponent(username) + (password === '' ? '' : `:${encodeURIComponent(password)}`);
  return `${scheme}://${word === '' ? '' : `${word}@`}${hostAndPort(host, port)}`;
}
