/**
 * Parsers of command arguments. What arrives over IPC is `unknown`; what leaves here has the declared shape, copied field by
 * field, so nothing else gets through. They throw `CodedError('bad-arguments')` and name the field.
 */
import type { HeaderSpec, ReconnectPolicy, RequestSpec } from '../connection/types.ts';
import type { ExportRange } from '../export/exporter.ts';
import type { RowFilter } from '../filter/row-filter.ts';
import { JOURNAL_KINDS, type EntryKind } from '../session/entry.ts';
import type { TimelineRequest } from '../session/timeline-slice.ts';
import { FRAME_KINDS } from '../sse/types.ts';
import type { TreeNode, UiState } from '../workspace/workspace.ts';
import { CodedError } from './envelope.ts';

type Fields = Readonly<Record<string, unknown>>;

const MAX_TEXT_CHARS = 64 * 1024 * 1024;
const MAX_NODES = 20_000;

function bad(what: string): never {
  throw new CodedError('bad-arguments', `Bad arguments: ${what}`);
}

function fields(value: unknown, what = 'the argument'): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) bad(`${what} must be an object`);
  return value as Fields;
}

function text(from: Fields, name: string, maxChars = MAX_TEXT_CHARS): string {
  const value = from[name];
  if (typeof value !== 'string') bad(`"${name}" must be a text`);
  if (value.length > maxChars) bad(`"${name}" is longer than ${maxChars} characters`);
  return value;
}

function number(from: Fields, name: string, min: number, max: number): number {
  const value = from[name];
  if (typeof value !== 'number' || !(value >= min && value <= max))
    bad(`"${name}" must be a number from ${min} to ${max}`);
  return value;
}

function integer(from: Fields, name: string, min = 0, max = Number.MAX_SAFE_INTEGER): number {
  const value = number(from, name, min, max);
  if (!Number.isInteger(value)) bad(`"${name}" must be a whole number`);
  return value;
}

function integerOrNull(from: Fields, name: string): number | null {
  return from[name] === null ? null : integer(from, name);
}

function flag(from: Fields, name: string): boolean {
  const value = from[name];
  if (typeof value !== 'boolean') bad(`"${name}" must be true or false`);
  return value;
}

function list(from: Fields, name: string, max: number): readonly unknown[] {
  const value = from[name];
  if (!Array.isArray(value)) bad(`"${name}" must be a list`);
  if (value.length > max) bad(`"${name}" has more than ${max} items`);
  return value;
}

function oneOf<T extends string>(from: Fields, name: string, allowed: readonly T[]): T {
  const value = from[name];
  if (!allowed.includes(value as T)) bad(`"${name}" must be one of ${allowed.join(', ')}`);
  return value as T;
}

/** Identifiers become parts of paths, so their alphabet is narrow. */
function identifier(from: Fields, name: string): string {
  const value = text(from, name, 128);
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(value)) bad(`"${name}" is not an identifier`);
  return value;
}

function identifierOrNull(from: Fields, name: string): string | null {
  return from[name] === null ? null : identifier(from, name);
}

export function nothing(value: unknown): void {
  if (value !== undefined && value !== null) bad('none are expected');
}

function header(value: unknown): HeaderSpec {
  const from = fields(value, 'a header');
  return { name: text(from, 'name', 65_536), value: text(from, 'value'), enabled: flag(from, 'enabled') };
}

function reconnectPolicy(value: unknown): ReconnectPolicy {
  const from = fields(value, '"reconnect"');
  const maxMs = 2 ** 31 - 1;
  return {
    mode: oneOf(from, 'mode', ['auto', 'always', 'never']),
    initialDelayMs: integer(from, 'initialDelayMs', 0, maxMs),
    floorMs: integer(from, 'floorMs', 0, maxMs),
    maxDelayMs: integer(from, 'maxDelayMs', 0, maxMs),
  };
}

/** A request as saved or typed; also used when the workspace file is read. */
export function requestSpec(value: unknown): RequestSpec {
  const from = fields(value, 'the request');
  return {
    method: text(from, 'method', 64),
    url: text(from, 'url', 1_048_576),
    headers: list(from, 'headers', 10_000).map(header),
    body: text(from, 'body'),
    reconnect: reconnectPolicy(from['reconnect']),
    lastEventId: text(from, 'lastEventId', 1_048_576),
  };
}

function treeNode(value: unknown): TreeNode {
  const from = fields(value, 'a node');
  const common = {
    id: identifier(from, 'id'),
    parentId: identifierOrNull(from, 'parentId'),
    name: text(from, 'name', 4096),
  };
  if (oneOf(from, 'kind', ['folder', 'endpoint']) === 'folder')
    return { kind: 'folder', ...common, open: flag(from, 'open') };
  return {
    kind: 'endpoint',
    ...common,
    note: text(from, 'note', 65_536),
    request: requestSpec(from['request']),
  };
}

export function treeNodes(value: unknown): readonly TreeNode[] {
  return list({ nodes: value }, 'nodes', MAX_NODES).map(treeNode);
}

export function uiState(value: unknown): UiState {
  const from = fields(value);
  return {
    theme: oneOf(from, 'theme', ['system', 'light', 'dark']),
    sidebarWidth: number(from, 'sidebarWidth', 0, 10_000),
    sidebarHidden: flag(from, 'sidebarHidden'),
    detailWidth: number(from, 'detailWidth', 0, 10_000),
    tab: oneOf(from, 'tab', ['events', 'timeline', 'completion', 'connection', 'raw']),
    detailTab: oneOf(from, 'detailTab', ['data', 'frame', 'timing']),
    endpointId: identifierOrNull(from, 'endpointId'),
    sessionId: identifierOrNull(from, 'sessionId'),
    selectedSeq: integerOrNull(from, 'selectedSeq'),
    filter: text(from, 'filter', 65_536),
    hiddenKinds: kinds(from, 'hiddenKinds'),
    draft: from['draft'] === null ? null : requestSpec(from['draft']),
  };
}

function kinds(from: Fields, name: string): readonly EntryKind[] {
  const known: readonly EntryKind[] = [...FRAME_KINDS, ...JOURNAL_KINDS];
  return list(from, name, 64).map((kind) => oneOf({ kind }, 'kind', known));
}

export function sessionRef(value: unknown): { readonly sessionId: string } {
  return { sessionId: identifier(fields(value), 'sessionId') };
}

export function startConnection(value: unknown): {
  readonly endpointId: string | null;
  readonly name: string;
  readonly request: RequestSpec;
} {
  const from = fields(value);
  return {
    endpointId: identifierOrNull(from, 'endpointId'),
    name: text(from, 'name', 4096),
    request: requestSpec(from['request']),
  };
}

export function updateConnection(value: unknown): {
  readonly sessionId: string;
  readonly request: RequestSpec;
} {
  const from = fields(value);
  return { sessionId: identifier(from, 'sessionId'), request: requestSpec(from['request']) };
}

export function renameSession(value: unknown): { readonly sessionId: string; readonly name: string } {
  const from = fields(value);
  return { sessionId: identifier(from, 'sessionId'), name: text(from, 'name', 4096) };
}

export function readRows(value: unknown): {
  readonly sessionId: string;
  /** null: all entries. */
  readonly viewId: string | null;
  readonly from: number;
  readonly count: number;
} {
  const from = fields(value);
  return {
    sessionId: identifier(from, 'sessionId'),
    viewId: identifierOrNull(from, 'viewId'),
    from: integer(from, 'from'),
    count: integer(from, 'count', 0, 1024),
  };
}

export function rowOfEntry(value: unknown): {
  readonly sessionId: string;
  readonly viewId: string | null;
  readonly seq: number;
} {
  const from = fields(value);
  return {
    sessionId: identifier(from, 'sessionId'),
    viewId: identifierOrNull(from, 'viewId'),
    seq: integer(from, 'seq'),
  };
}

export function readEntry(value: unknown): {
  readonly sessionId: string;
  readonly seq: number;
  readonly maxBytes: number;
} {
  const from = fields(value);
  return {
    sessionId: identifier(from, 'sessionId'),
    seq: integer(from, 'seq'),
    maxBytes: integer(from, 'maxBytes', 0, 16 * 1024 * 1024),
  };
}

export function readWire(value: unknown): {
  readonly sessionId: string;
  readonly offset: number;
  readonly length: number;
} {
  const from = fields(value);
  return {
    sessionId: identifier(from, 'sessionId'),
    offset: integer(from, 'offset'),
    length: integer(from, 'length', 0, 16 * 1024 * 1024),
  };
}

export function readFrames(value: unknown): {
  readonly sessionId: string;
  readonly fromSeq: number;
  readonly maxBytes: number;
} {
  const from = fields(value);
  return {
    sessionId: identifier(from, 'sessionId'),
    fromSeq: integer(from, 'fromSeq'),
    maxBytes: integer(from, 'maxBytes', 1, 16 * 1024 * 1024),
  };
}

export function readTimeline(value: unknown): { readonly sessionId: string } & TimelineRequest {
  const from = fields(value);
  return {
    sessionId: identifier(from, 'sessionId'),
    fromMs: number(from, 'fromMs', -1e15, 1e15),
    toMs: number(from, 'toMs', -1e15, 1e15),
    buckets: integer(from, 'buckets', 1, 4096),
  };
}

export function openView(value: unknown): { readonly sessionId: string; readonly filter: RowFilter } {
  const from = fields(value);
  const filter = fields(from['filter'], '"filter"');
  return {
    sessionId: identifier(from, 'sessionId'),
    filter: { hiddenKinds: kinds(filter, 'hiddenKinds'), text: text(filter, 'text', 65_536) },
  };
}

export function viewRef(value: unknown): { readonly viewId: string } {
  return { viewId: identifier(fields(value), 'viewId') };
}

export function ackBatch(value: unknown): { readonly sessionId: string; readonly batch: number } {
  const from = fields(value);
  return { sessionId: identifier(from, 'sessionId'), batch: integer(from, 'batch') };
}

export function startExport(value: unknown): {
  readonly sessionId: string;
  readonly formatId: string;
  /** null: the whole session. */
  readonly range: ExportRange | null;
} {
  const from = fields(value);
  const range = from['range'] === null ? null : fields(from['range'], '"range"');
  return {
    sessionId: identifier(from, 'sessionId'),
    formatId: identifier(from, 'formatId'),
    range: range && { from: integer(range, 'from'), to: integer(range, 'to') },
  };
}

export function jobRef(value: unknown): { readonly jobId: string } {
  return { jobId: identifier(fields(value), 'jobId') };
}
