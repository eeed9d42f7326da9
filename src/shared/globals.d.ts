/**
 * The only ambient values that src/shared may use besides ECMAScript itself.
 * Time, timers, sockets and files arrive as parameters; the compiler sees to it.
 */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string;
}
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare class URLSearchParams {
  constructor(init?: string);
  has(name: string): boolean;
  get(name: string): string | null;
  set(name: string, value: string): void;
  append(name: string, value: string): void;
  keys(): IterableIterator<string>;
  toString(): string;
}
declare class URL {
  constructor(url: string, base?: string);
  readonly origin: string;
  readonly searchParams: URLSearchParams;
  protocol: string;
  host: string;
  hostname: string;
  pathname: string;
  search: string;
  hash: string;
  username: string;
  password: string;
  readonly href: string;
  toString(): string;
}
