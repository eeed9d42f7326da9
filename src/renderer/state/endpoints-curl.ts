/**
 * Requests as curl commands: read from what people paste out of documentation and developer tools, written for a terminal. Pure.
 * Reads the quoting of POSIX shells and what concerns a request; options about output, progress and connection are passed over.
 */
import type { HeaderSpec, RequestSpec } from '../../shared/connection/types.ts';

export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly HeaderSpec[];
  readonly body: string;
  /** What could not be taken over, as sentences. */
  readonly notes: readonly string[];
}

/** Short options that take a value; the ones read below, and others whose value has to be passed over. */
const SHORT_WITH_VALUE = 'XHdAebuoFmTxwKyYzCcDEPQrtU';
const LONG_WITHOUT_VALUE =
  /^--(get|head|no-buffer|silent|show-error|location(-trusted)?|insecure|include|compressed|verbose|fail(-with-body)?|http[0-9.]+(-prior-knowledge)?|ipv[46]|globoff|no-[a-z-]+|tlsv[0-9.]+|path-as-is|progress-bar|remote-name|anyauth|basic)$/;

/** The request of a curl command; null when the text is none. */
export function parseCurl(text: string): CurlRequest | null {
  if (!/^\s*(\$\s+)?curl(\.exe)?\s/.test(text)) return null;
  const words = shellWords(text.trim().replace(/^\$\s+/, '')).slice(1);
  const notes: string[] = [];
  const headers: HeaderSpec[] = [];
  const data: string[] = [];
  let method: string | null = null;
  let url = '';
  let asQuery = false;

  const has = (name: string): boolean => headers.some((header) => header.name.toLowerCase() === name);
  const addHeader = (name: string, value: string): void => void headers.push({ name, value, enabled: true });
  const addData = (value: string): void => {
    if (value.startsWith('@'))
      notes.push(`The body stands in the file ${value.slice(1)}: paste it into Body.`);
    else data.push(value);
  };

  const read = (option: string, value: string): void => {
    switch (option) {
      case '-X':
      case '--request':
        method = value.toUpperCase();
        break;
      case '-H':
      case '--header': {
        const colon = value.indexOf(':');
        if (colon > 0) addHeader(value.slice(0, colon).trim(), value.slice(colon + 1).trim());
        break;
      }
      case '-d':
      case '--data':
      case '--data-ascii':
      case '--data-binary':
      case '--data-urlencode':
        addData(value);
        break;
      case '--data-raw':
        data.push(value);
        break;
      case '--json':
        addData(value);
        if (!has('content-type')) addHeader('Content-Type', 'application/json');
        break;
      case '-A':
      case '--user-agent':
        addHeader('User-Agent', value);
        break;
      case '-e':
      case '--referer':
        addHeader('Referer', value);
        break;
      case '-b':
      case '--cookie':
        addHeader('Cookie', value);
        break;
      case '-u':
      case '--user':
        addHeader('Authorization', `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(value)))}`);
        break;
      case '--url':
        url = value;
        break;
      case '-F':
      case '--form':
        notes.push('A form with parts (-F) cannot be sent.');
        break;
    }
  };

  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '-G' || word === '--get') asQuery = true;
    else if (word === '-I' || word === '--head') method = 'HEAD';
    else if (word.startsWith('--')) {
      const equals = word.indexOf('=');
      if (equals > 0) read(word.slice(0, equals), word.slice(equals + 1));
      else if (!LONG_WITHOUT_VALUE.test(word)) read(word, words[(at += 1)] ?? '');
    } else if (word.startsWith('-') && word.length > 1) {
      // "-sSN" is three flags, "-XPOST" one option with its value.
      const letter = [...word.slice(1)].findIndex((one) => SHORT_WITH_VALUE.includes(one)) + 1;
      if (letter === 0) asQuery ||= word.includes('G');
      else read(`-${word[letter] ?? ''}`, word.slice(letter + 1) || (words[(at += 1)] ?? ''));
    } else if (url === '') url = word;
  }
  if (url === '') return null;

  let body = data.join('&');
  if (asQuery && body !== '') {
    url += (url.includes('?') ? '&' : '?') + body;
    body = '';
  }
  // curl says so too, and servers rely on it.
  if (body !== '' && !has('content-type')) addHeader('Content-Type', 'application/x-www-form-urlencoded');
  return { method: method ?? (body === '' ? 'GET' : 'POST'), url, headers, body, notes };
}

/** Words as a POSIX shell splits them: quotes, backslashes, $'…' and lines that go on. */
function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  const pattern =
    /\\\r?\n|\$'((?:[^'\\]|\\.)*)'|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|(\s+)|([\s\S])/g;
  for (const [whole, ansi, single, double, escaped, space, plain] of text.matchAll(pattern)) {
    if (space !== undefined) {
      if (word !== null) words.push(word);
      word = null;
    } else if (whole.startsWith('\\\n') || whole.startsWith('\\\r')) continue;
    else word = (word ?? '') + (unescaped(ansi, double) ?? single ?? escaped ?? plain ?? '');
  }
  if (word !== null) words.push(word);
  return words;
}

const ANSI: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

function unescaped(ansi: string | undefined, double: string | undefined): string | undefined {
  if (ansi !== undefined)
    return ansi.replace(
      /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g,
      (_, u?: string, x?: string, c = '') =>
        u !== undefined || x !== undefined
          ? String.fromCharCode(parseInt(u ?? x ?? '', 16))
          : (ANSI[c as string] ?? String(c)),
    );
  return double?.replace(/\\([$`"\\\n])/g, (_, character: string) => (character === '\n' ? '' : character));
}

/** The command that asks for the same, with the headers that Streamscope adds; `-N` shows a stream as it comes. */
export function toCurl(request: RequestSpec): string {
  const parts = ['curl -N'];
  const defaultMethod = request.body === '' ? 'GET' : 'POST';
  if (request.method !== defaultMethod) parts.push(`-X ${request.method}`);
  parts.push(quoted(request.url));
  const sent = request.headers.filter((header) => header.enabled && header.name.trim() !== '');
  if (!sent.some((header) => /^accept$/i.test(header.name.trim())))
    parts.push(`-H 'Accept: text/event-stream'`);
  for (const { name, value } of sent) parts.push(`-H ${quoted(`${name.trim()}: ${value}`)}`);
  if (request.body !== '' && !sent.some((header) => /^content-type$/i.test(header.name.trim())))
    parts.push(
      `-H 'Content-Type: ${/^\s*[[{]/.test(request.body) ? 'application/json' : 'text/plain;charset=UTF-8'}'`,
    );
  if (request.lastEventId !== '') parts.push(`-H ${quoted(`Last-Event-ID: ${request.lastEventId}`)}`);
  if (request.body !== '') parts.push(`--data-raw ${quoted(request.body)}`);
  return parts.join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
