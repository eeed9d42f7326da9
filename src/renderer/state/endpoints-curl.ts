/**
 * Requests as curl commands: read from what people paste out of documentation and developer tools, written for a terminal. Pure.
 * Reads what concerns a request; options about output, progress and connection are passed over.
 */
import { authHeader, DEFAULT_AUTH, type AuthSpec } from '../../shared/connection/request-auth.ts';
import {
  encodeBody,
  formEncoded,
  type BodySpec,
  type FormField,
} from '../../shared/connection/request-body.ts';
import { DEFAULT_TRANSPORT, type TransportSpec } from '../../shared/connection/transport.ts';
import { addParam } from '../../shared/connection/request-params.ts';
import { readUnixAddress, transportTo } from '../../shared/connection/unix-address.ts';
import type { HeaderSpec, RequestSpec } from '../../shared/connection/types.ts';
import {
  bodyOfData,
  dataAsQuery,
  readData,
  readEncodedData,
  readPart,
  type CurlData,
} from './endpoints-curl-body.ts';
import { TRANSPORT_FLAGS, transportAfter, transportOptions } from './endpoints-curl-transport.ts';
import { shellQuoted, shellWords } from './shell-words.ts';

export interface CurlRequest extends Pick<
  RequestSpec,
  'method' | 'url' | 'offParams' | 'headers' | 'body' | 'auth' | 'transport'
> {
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
  const data: CurlData[] = [];
  let auth: AuthSpec = DEFAULT_AUTH;
  let transport: TransportSpec = DEFAULT_TRANSPORT;
  let method: string | null = null;
  let url = '';
  let asQuery = false;
  let json = false;
  let upload = false;

  const addHeader = (name: string, value: string): void => {
    const bearer = /^authorization$/i.test(name) ? /^Bearer\s+(.+)$/i.exec(value)?.[1] : undefined;
    if (bearer !== undefined) auth = { ...auth, kind: 'bearer', bearer: { token: bearer } };
    else headers.push({ name, value, enabled: true });
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
      case '--json':
        json = true;
        data.push(readData(value));
        break;
      case '-d':
      case '--data':
      case '--data-ascii':
      case '--data-binary':
        data.push(readData(value));
        break;
      case '--data-urlencode':
        data.push(readEncodedData(value));
        break;
      case '--data-raw':
        data.push({ kind: 'text', text: value });
        break;
      case '-T':
      case '--upload-file':
        upload = true;
        data.push({ kind: 'file', path: value });
        break;
      case '-F':
      case '--form':
      case '--form-string':
        data.push(readPart(value, option === '--form-string'));
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
        if (value.includes('=')) addHeader('Cookie', value);
        else notes.push(`The cookies stand in the file ${value}: add them in Cookies.`);
        break;
      case '-u':
      case '--user': {
        const colon = value.indexOf(':');
        const [username, password] =
          colon < 0 ? [value, ''] : [value.slice(0, colon), value.slice(colon + 1)];
        auth = { ...auth, kind: 'basic', basic: { username, password } };
        break;
      }
      case '--oauth2-bearer':
        auth = { ...auth, kind: 'bearer', bearer: { token: value } };
        break;
      case '--url':
        url = value;
        break;
      default:
        transport = transportAfter(transport, option, value) ?? transport;
    }
  };

  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '-G' || word === '--get') asQuery = true;
    else if (word === '-I' || word === '--head') method = 'HEAD';
    else if (word.startsWith('--')) {
      const equals = word.indexOf('=');
      if (TRANSPORT_FLAGS.test(word)) read(word, '');
      else if (equals > 0) read(word.slice(0, equals), word.slice(equals + 1));
      else if (!LONG_WITHOUT_VALUE.test(word)) read(word, words[(at += 1)] ?? '');
    } else if (word.startsWith('-') && word.length > 1) {
      // "-sSN" is three flags, "-XPOST" one option with its value.
      const letter = [...word.slice(1)].findIndex((one) => SHORT_WITH_VALUE.includes(one)) + 1;
      const flags = letter === 0 ? word.slice(1) : word.slice(1, letter);
      for (const flag of flags) transport = transportAfter(transport, `-${flag}`, '') ?? transport;
      asQuery ||= flags.includes('G');
      if (letter === 0) continue;
      read(`-${word[letter] ?? ''}`, word.slice(letter + 1) || (words[(at += 1)] ?? ''));
    } else if (url === '') url = word;
  }
  if (url === '') return null;

  notes.push(...fileNotes(data, asQuery));
  if (asQuery) {
    const query = dataAsQuery(data.splice(0));
    if (query !== '') url += (url.includes('?') ? '&' : '?') + query;
  }
  const contentType = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
  const body = bodyOfData(data, contentType, json);
  const usual = data.length === 0 ? 'GET' : upload ? 'PUT' : 'POST';
  return { method: method ?? usual, url, offParams: [], headers, body, auth, transport, notes };
}

function fileNotes(data: readonly CurlData[], asQuery: boolean): readonly string[] {
  const files = data.flatMap((one) => (one.kind === 'file' ? [one.path] : []));
  if (asQuery) return files.map((path) => `The file ${path} was not read into the address.`);
  if (files.includes('-')) return ['The body comes from standard input: choose a file, or write it in Body.'];
  if (files.length > 0 && data.length > 1)
    return [`The body has several pieces, and only the file ${files[0] ?? ''} was taken over.`];
  const parts = data.flatMap((one) => (one.kind === 'part' && one.field.file ? [one.field.value] : []));
  return [...files, ...parts]
    .filter((path) => !/^(\/|[A-Za-z]:[\\/])/.test(path))
    .map((path) => `Where ${path} is depends on the terminal's folder: choose it in Body.`);
}

/** The command that asks for the same, with the headers that Streamscope adds; `-N` shows a stream as it comes. */
export function toCurl(request: RequestSpec): string {
  const parts = ['curl -N'];
  const { auth, body } = request;
  const address = readUnixAddress(request.url)?.url ?? request.url;
  const keyed = auth.kind === 'api-key' && auth.apiKey.place === 'query' && auth.apiKey.name !== '';
  const url = keyed ? addParam(address, auth.apiKey.name, auth.apiKey.value) : address;
  const sent = request.headers.filter((header) => header.enabled && header.name.trim() !== '');
  const has = (name: string) => sent.some((header) => header.name.trim().toLowerCase() === name);
  const data = bodyOptions(body, has('content-type'));
  parts.push(...transportOptions(transportTo(request.url, request.transport)));
  if (request.method !== (data.length === 0 ? 'GET' : 'POST')) parts.push(`-X ${request.method}`);
  parts.push(shellQuoted(url));
  if (!has('accept')) parts.push(`-H 'Accept: text/event-stream'`);
  parts.push(...authOptions(auth, has));
  for (const { name, value } of sent) {
    const isCookie = /^cookie$/i.test(name.trim()) && value.includes('=');
    parts.push(isCookie ? `-b ${shellQuoted(value)}` : `-H ${shellQuoted(`${name.trim()}: ${value}`)}`);
  }
  if (request.lastEventId !== '') parts.push(`-H ${shellQuoted(`Last-Event-ID: ${request.lastEventId}`)}`);
  return [...parts, ...data].join(' \\\n  ');
}

function authOptions(auth: AuthSpec, has: (name: string) => boolean): readonly string[] {
  // A header of the user goes first, as it does when Streamscope asks.
  if (has('authorization') && auth.kind !== 'api-key') return [];
  if (auth.kind === 'basic') {
    const { username, password } = auth.basic;
    if (username !== '' || password !== '') return [`-u ${shellQuoted(`${username}:${password}`)}`];
  }
  // The token is only known once it has been fetched; the shell's variable stands for it.
  if (auth.kind === 'oauth2') return ['-H "Authorization: Bearer $ACCESS_TOKEN"'];
  const header = authHeader(auth);
  return header && !has(header[0].toLowerCase()) ? [`-H ${shellQuoted(header.join(': '))}`] : [];
}

function bodyOptions(body: BodySpec, typed: boolean): readonly string[] {
  const { body: encoded, contentType } = encodeBody(body);
  const sent = body.fields.filter((field) => field.enabled && (field.name !== '' || field.value !== ''));
  const type = typed || contentType === '' ? [] : [`-H ${shellQuoted(`Content-Type: ${contentType}`)}`];
  if (body.kind === 'form') return sent.map(dataOption);
  if (body.kind === 'multipart') return sent.map(formOption);
  if (body.kind === 'file') return [...type, `--data-binary ${shellQuoted(`@${body.path}`)}`];
  return typeof encoded !== 'string' || encoded === '' ? [] : [...type, `--data-raw ${shellQuoted(encoded)}`];
}

/** curl would send "=value" as a value without a name. */
function dataOption({ name, value }: FormField): string {
  if (name === '') return `--data-raw ${shellQuoted(`=${formEncoded(value)}`)}`;
  return `--data-urlencode ${shellQuoted(`${formEncoded(name)}=${value}`)}`;
}

function formOption({ name, value, file }: FormField): string {
  if (file) return `-F ${shellQuoted(`${name}=@${/[;,"]/.test(value) ? `"${value}"` : value}`)}`;
  return `${/^[@<]|;/.test(value) ? '--form-string' : '-F'} ${shellQuoted(`${name}=${value}`)}`;
}
