/** The heads that `curl -i` and `curl -v` print in front of a body, read from a text. */
import type { HeaderPair } from '../../session/entry.ts';

export interface ResponseHead {
  readonly httpVersion: string;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly HeaderPair[];
}

export interface RequestHead {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly HeaderPair[];
}

export interface CurlHeads {
  readonly request: RequestHead | null;
  /** In order: those of 100, of proxies and of redirects come before the one that has the body. */
  readonly responses: readonly ResponseHead[];
  readonly isSecure: boolean;
  /** Printed by `curl -v`: notes of curl may stand between the lines of the body, too. */
  readonly isVerbose: boolean;
  /** Characters before the body. */
  readonly length: number;
}

const STATUS_LINE = /^HTTP\/(\d(?:\.\d)?) (\d{3})(?: ([^\r\n]*))?$/;
const REQUEST_LINE = /^([A-Z]+) (\S+) HTTP\/(\d(?:\.\d)?)$/;
/** What curl says about itself: notes, TLS messages with their sizes, its progress table. */
const NOTE =
  /^(?:\* |[{}] \[\d+ bytes data\]|\s*% Total|\s+Dload|\s*\d+\s+\S+\s+\d+\s+\S+\s+\d+\s|\s*--:--:--|Note: |Warning: )/;

/** null when the text does not begin as curl prints it. */
export function curlHeads(text: string): CurlHeads | null {
  const responses: ResponseHead[] = [];
  let request: RequestHead | null = null;
  let isSecure = false;
  let isVerbose = false;
  let at = 0;
  const lineAt = (from: number): { readonly line: string; readonly next: number } => {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end < 0 ? text.length : end);
    return { line: line.replace(/\r$/, ''), next: end < 0 ? text.length : end + 1 };
  };

  while (at < text.length) {
    const { line, next } = lineAt(at);
    if (STATUS_LINE.test(line) || line.startsWith('< HTTP/')) {
      const mark = line.startsWith('< ') ? '< ' : '';
      isVerbose ||= mark !== '';
      const read = responseHead(at, mark);
      if (!read) break;
      responses.push(read.head);
      at = read.next;
      if (!headFollows(at)) break;
    } else if (/^> [A-Z]+ \S+ HTTP\//.test(line)) {
      isVerbose = true;
      const headers: HeaderPair[] = [];
      const first = REQUEST_LINE.exec(line.slice(2));
      at = next;
      while (at < text.length) {
        const one = lineAt(at);
        if (!one.line.startsWith('>')) break;
        at = one.next;
        const pair = headerOf(one.line.slice(2));
        if (pair) headers.push(pair);
        else if (one.line.trim() === '>') break;
      }
      if (first) request = { method: first[1] ?? 'GET', target: first[2] ?? '/', headers };
    } else if (NOTE.test(line) || (responses.length === 0 && line.trim() === '') || /^[<>] ?$/.test(line)) {
      if (/^\* .*(?:TLS|SSL|port 443)/.test(line)) isSecure = true;
      isVerbose ||= line.startsWith('* ');
      at = next;
    } else break;
  }
  if (responses.length === 0) return null;
  return { request, responses, isSecure, isVerbose, length: at };

  function responseHead(
    from: number,
    mark: string,
  ): { readonly head: ResponseHead; readonly next: number } | null {
    const first = lineAt(from);
    const status = STATUS_LINE.exec(first.line.slice(mark.length).trimEnd());
    if (!status) return null;
    const headers: HeaderPair[] = [];
    let place = first.next;
    while (place < text.length) {
      const { line, next } = lineAt(place);
      // Notes of curl may stand between the headers.
      if (mark !== '' && line.startsWith('* ')) {
        place = next;
        continue;
      }
      if (mark !== '' && !line.startsWith('<')) break;
      place = next;
      const content = line.slice(mark.length);
      if (content.trim() === '') break;
      const pair = headerOf(content);
      if (pair) headers.push(pair);
    }
    const [, httpVersion = '', code = '0', statusText = ''] = status;
    return { head: { httpVersion, status: Number(code), statusText, headers }, next: place };
  }

  /** Whether another head comes before the body, with nothing but notes in between. */
  function headFollows(from: number): boolean {
    let place = from;
    while (place < text.length) {
      const { line, next } = lineAt(place);
      if (STATUS_LINE.test(line) || line.startsWith('< HTTP/') || /^> [A-Z]+ \S+ HTTP\//.test(line))
        return true;
      if (!NOTE.test(line) && line.trim() !== '') return false;
      if (line.trim() === '' && !isVerbose) return false;
      place = next;
    }
    return false;
  }
}

function headerOf(line: string): HeaderPair | null {
  const at = line.indexOf(':', 1);
  return at < 0 ? null : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

/** Lines of curl among those of a body: what it says when data come and when the connection ends. */
export function isCurlNote(line: string): boolean {
  return (
    /^[{}] \[\d+ bytes data\]$/.test(line) ||
    /^\* (?:Connection #|Closing connection|shutting down|Curl_|TLSv|SSL|STATE:|Received |Send |Recv |schannel|OpenSSL|Mark bundle|transfer closed|Operation timed out|HTTP\/|\[HTTP|Excess |Leftovers |Request completely|old SSL|multi |nghttp)/.test(
      line,
    )
  );
}
