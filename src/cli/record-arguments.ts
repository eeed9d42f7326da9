/** The arguments of `streamscope record`, and what they ask for. */
import { composeRequest } from '../shared/connection/request-message.ts';
import { DEFAULT_AUTH } from '../shared/connection/request-auth.ts';
import { bodyOfText, DEFAULT_BODY } from '../shared/connection/request-body.ts';
import { BLANK_REQUEST } from '../shared/connection/blank-request.ts';
import {
  DEFAULT_READ_AS,
  DEFAULT_RECONNECT,
  type HeaderSpec,
  type RequestSpec,
  type ReadAs,
} from '../shared/connection/types.ts';
import { readFraming } from './read-as.ts';
import { onlyPositional, readArguments } from './arguments.ts';
import { UsageError } from './command.ts';
import { readReconnect } from './reconnect-arguments.ts';
import { nameAndPassword, readTransport, TRANSPORT_HELP, TRANSPORT_OPTIONS } from './transport-arguments.ts';

export const RECORD_HELP = `Usage: streamscope record URL [options]

Connects to an event stream and prints what happens, one JSON value a line:
frames (events, comments, …) and facts about the connection. docs/formats.md
describes the keys. Like a browser it connects again when a GET ends or breaks
off, once it was open; the answer to another method is taken once.

  -X METHOD             the method (default: GET, or POST with -d)
  -H 'Name: value'      a header; may be given several times
  -d BODY, -d @FILE     the body, or a file with it (@- for standard input)
  --json BODY           -d BODY as JSON; --json @FILE
  -u, --user NAME:PASS  Basic credentials
  -b, --cookie COOKIES  'a=1; b=2'
  --last-event-id ID    sent as Last-Event-ID by the first attempt
  --read-as FORM        what the body is, whatever its content type says: sse,
                        ndjson, json-seq, json-array, aws-event-stream, text;
                        sse-only refuses all but event streams
  --no-reconnect        end when the stream ends
  --reconnect PRESET    auto, browser, resilient or one-answer; also before the
                        stream was open for the first time
  --set NAME=VALUE      a setting of it, such as stall-timeout=30s; may be given
                        several times. docs/connections.md explains them.
  --connect-timeout S   --set connect-timeout, in seconds
  --stall-timeout S     --set stall-timeout, in seconds
  --retry-max N         gives up after N attempts to reconnect without an event
${TRANSPORT_HELP}  --max-events N        end when N events are printed
  --max-time S          end after S seconds
  --out DIR             keep the session in the folder DIR, which must be new or
                        empty; Streamscope, decode and rebuild open it. Without
                        it nothing is kept, and memory stays bounded.
  --raw                 print the body bytes as they come instead of JSON

Ctrl+C ends it properly. Exit code: 0 normal end, 1 failure, 2 bad usage.
`;

export interface RecordSpec {
  readonly request: RequestSpec;
  /** The policy holds also before the stream was open for the first time. */
  readonly patient: boolean;
  /** null: no limit. */
  readonly maxEvents: number | null;
  readonly maxMs: number | null;
  /** The session's folder; null: nothing is kept. */
  readonly folder: string | null;
  readonly raw: boolean;
}

/**
 * @param readBody gives the bytes of a file, or of standard input for "-"
 * @throws UsageError
 */
export async function readRecordArguments(
  args: readonly string[],
  readBody: (path: string) => Promise<Uint8Array>,
): Promise<RecordSpec> {
  const { values, positionals } = readArguments(args, {
    request: { type: 'string', short: 'X' },
    header: { type: 'string', short: 'H', multiple: true },
    data: { type: 'string', short: 'd' },
    json: { type: 'string' },
    user: { type: 'string', short: 'u' },
    cookie: { type: 'string', short: 'b' },
    'connect-timeout': { type: 'string' },
    'stall-timeout': { type: 'string' },
    'retry-max': { type: 'string' },
    ...TRANSPORT_OPTIONS,
    'last-event-id': { type: 'string' },
    'read-as': { type: 'string' },
    'no-reconnect': { type: 'boolean' },
    reconnect: { type: 'string' },
    set: { type: 'string', multiple: true },
    'max-events': { type: 'string' },
    'max-time': { type: 'string' },
    out: { type: 'string' },
    raw: { type: 'boolean' },
  });
  const url = onlyPositional(positionals, 'URL');
  if (values.out === '') throw new UsageError('--out needs the name of a folder.');
  if (values['no-reconnect'] && values.reconnect !== undefined)
    throw new UsageError('--no-reconnect and --reconnect contradict each other.');
  if (values.data !== undefined && values.json !== undefined)
    throw new UsageError('-d and --json contradict each other.');
  const data = values.json ?? values.data;
  const text = await readBodyText(data, readBody);
  const [username, password] = nameAndPassword(values.user ?? '');
  const shorthands = (['connect-timeout', 'stall-timeout'] as const).flatMap((name) => {
    const seconds = readNumber(values[name], `--${name}`);
    return seconds === null ? [] : [`${name}=${seconds * 1000}ms`];
  });
  const retries = readCount(values['retry-max'], '--retry-max');
  const settings = [...shorthands, ...(retries === null ? [] : [`give-up-attempts=${retries}`])];
  const preset = values['no-reconnect'] ? 'one-answer' : (values.reconnect ?? DEFAULT_RECONNECT.preset);
  const request: RequestSpec = {
    ...BLANK_REQUEST,
    method: values.request ?? (data === undefined ? 'GET' : 'POST'),
    url,
    headers: [
      ...(values.header ?? []),
      ...(values.cookie === undefined ? [] : [`Cookie: ${values.cookie}`]),
    ].map(readHeader),
    body: values.json === undefined ? bodyOfText(text) : { ...DEFAULT_BODY, kind: 'json', text },
    auth:
      values.user === undefined
        ? DEFAULT_AUTH
        : { ...DEFAULT_AUTH, kind: 'basic', basic: { username, password } },
    transport: readTransport(values),
    reconnect: readReconnect(preset, [...(values.set ?? []), ...settings]),
    lastEventId: values['last-event-id'] ?? '',
    readAs: readReadAs(values['read-as']),
  };
  const { failure } = composeRequest(request, request.lastEventId);
  if (failure) throw new UsageError(failure.message);
  const seconds = readNumber(values['max-time'], '--max-time');
  return {
    request,
    patient: values.reconnect !== undefined,
    maxEvents: readCount(values['max-events'], '--max-events'),
    maxMs: seconds === null ? null : seconds * 1000,
    folder: values.out ?? null,
    raw: values.raw ?? false,
  };
}

function readReadAs(value: string | undefined): ReadAs {
  return value === 'sse-only' ? value : (readFraming(value) ?? DEFAULT_READ_AS);
}

function readHeader(text: string): HeaderSpec {
  const at = text.indexOf(':');
  if (at < 1) throw new UsageError(`"${text}" is not a header. Write it as 'Name: value'.`);
  return { name: text.slice(0, at), value: text.slice(at + 1).trim(), enabled: true };
}

async function readBodyText(
  data: string | undefined,
  readBody: (path: string) => Promise<Uint8Array>,
): Promise<string> {
  if (!data?.startsWith('@')) return data ?? '';
  const path = data.slice(1);
  let bytes: Uint8Array;
  try {
    bytes = await readBody(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`The body "${path}" cannot be read: ${reason}`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UsageError(`The body "${path}" is not UTF-8 text.`);
  }
}

function readNumber(text: string | undefined, option: string): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new UsageError(`${option} needs a number above 0, and not "${text}".`);
  return value;
}

function readCount(text: string | undefined, option: string): number | null {
  const value = readNumber(text, option);
  if (value !== null && !Number.isSafeInteger(value))
    throw new UsageError(`${option} needs a whole number, and not "${text}".`);
  return value;
}
