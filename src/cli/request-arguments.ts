/** The options that say what is asked of a server and how, for every command that connects; and the request that they make. */
import { BLANK_REQUEST } from '../shared/connection/blank-request.ts';
import { RECONNECT_PRESETS } from '../shared/connection/reconnect-settings.ts';
import { composeRequest } from '../shared/connection/request-message.ts';
import { DEFAULT_AUTH } from '../shared/connection/request-auth.ts';
import { bodyOfText, DEFAULT_BODY } from '../shared/connection/request-body.ts';
import {
  DEFAULT_READ_AS,
  DEFAULT_RECONNECT,
  type HeaderSpec,
  type ReadAs,
  type RequestSpec,
} from '../shared/connection/types.ts';
import { FRAMINGS } from '../shared/sse/framing.ts';
import { readCount, readNumber } from './arguments.ts';
import { UsageError } from './command.ts';
import type { OperandDeclaration, OptionTable } from './declaration.ts';
import { readFraming } from './read-as.ts';
import { readReconnect } from './reconnect-arguments.ts';
import { nameAndPassword, readTransport, TRANSPORT_OPTIONS } from './transport-arguments.ts';

const PRESETS = ['auto', ...Object.keys(RECONNECT_PRESETS)];

export const URL_OPERAND: OperandDeclaration = { name: 'URL', help: '' };

export const REQUEST_OPTIONS = {
  request: {
    type: 'string',
    short: 'X',
    value: 'METHOD',
    help: 'The method (default: GET, or POST with -d).',
  },
  header: {
    type: 'string',
    short: 'H',
    multiple: true,
    value: "'NAME: VALUE'",
    help: 'A header; may be given several times.',
  },
  data: {
    type: 'string',
    short: 'd',
    value: 'BODY',
    completes: 'file',
    help: 'The body; @FILE for the contents of a file, @- for standard input.',
  },
  json: { type: 'string', value: 'BODY', completes: 'file', help: '-d BODY as JSON; also @FILE.' },
  user: { type: 'string', short: 'u', value: 'NAME:PASS', help: 'Basic credentials.' },
  cookie: { type: 'string', short: 'b', value: "'a=1; b=2'", help: 'Cookies to send.' },
  'last-event-id': { type: 'string', value: 'ID', help: 'Sent as Last-Event-ID by the first attempt.' },
  'read-as': {
    type: 'string',
    value: 'FORM',
    values: [...FRAMINGS, 'sse-only'],
    help: `What the body is, whatever its content type says: ${FRAMINGS.join(', ')}; sse-only refuses all but event streams.`,
  },
  'no-reconnect': { type: 'boolean', help: 'End when the stream ends.' },
  reconnect: {
    type: 'string',
    value: 'PRESET',
    values: PRESETS,
    help: `${PRESETS.join(', ')}; also before the stream was open for the first time.`,
  },
  set: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE',
    help: 'A setting of it, such as stall-timeout=30s; may be given several times. docs/connections.md explains them.',
  },
  'connect-timeout': { type: 'string', value: 'S', help: '--set connect-timeout, in seconds.' },
  'stall-timeout': { type: 'string', value: 'S', help: '--set stall-timeout, in seconds.' },
  'retry-max': {
    type: 'string',
    value: 'N',
    help: 'Give up after N attempts to reconnect without an event.',
  },
  ...TRANSPORT_OPTIONS,
} as const satisfies OptionTable;

/** Bytes of a file, or of standard input for "-". */
export type ReadBody = (path: string) => Promise<Uint8Array>;

export interface GivenRequest {
  readonly request: RequestSpec;
  /** The policy holds also before the stream was open for the first time. */
  readonly patient: boolean;
}

type Given = {
  readonly [N in keyof typeof REQUEST_OPTIONS]?:
    | ((typeof REQUEST_OPTIONS)[N] extends { multiple: true }
        ? string[]
        : (typeof REQUEST_OPTIONS)[N]['type'] extends 'boolean'
          ? boolean
          : string)
    | undefined;
};

/** @throws UsageError */
export async function readRequest(url: string, values: Given, readBody: ReadBody): Promise<GivenRequest> {
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
  return { request, patient: values.reconnect !== undefined };
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
