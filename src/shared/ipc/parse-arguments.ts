/**
 * Parsers of command arguments. What arrives over IPC is `unknown`; what leaves here has the declared shape, copied field by
 * field, so nothing else gets through. They throw `CodedError('bad-arguments')` and name the field.
 */
import type { RequestSpec } from '../connection/types.ts';
import type { RowFilter } from '../filter/row-filter.ts';
import type { TimelineRequest } from '../session/timeline-slice.ts';
import { FILE_PURPOSES, type FilePurpose } from './file-purpose.ts';
import {
  bad,
  fields,
  identifier,
  identifierOrNull,
  integer,
  kinds,
  number,
  oneOf,
  text,
} from './argument-fields.ts';
import { requestSpec } from './parse-workspace.ts';

export function nothing(value: unknown): void {
  if (value !== undefined && value !== null) bad('none are expected');
}

export function sessionRef(value: unknown): { readonly sessionId: string } {
  return { sessionId: identifier(fields(value), 'sessionId') };
}

export function startConnection(value: unknown): {
  readonly endpointId: string | null;
  readonly environmentId: string | null;
  readonly name: string;
  readonly request: RequestSpec;
} {
  const from = fields(value);
  return {
    endpointId: identifierOrNull(from, 'endpointId'),
    environmentId: identifierOrNull(from, 'environmentId'),
    name: text(from, 'name', 4096),
    request: requestSpec(from['request']),
  };
}

export function updateConnection(value: unknown): {
  readonly sessionId: string;
  readonly environmentId: string | null;
  readonly request: RequestSpec;
} {
  const from = fields(value);
  return {
    sessionId: identifier(from, 'sessionId'),
    environmentId: identifierOrNull(from, 'environmentId'),
    request: requestSpec(from['request']),
  };
}

export function chooseFile(value: unknown): { readonly purpose: FilePurpose } {
  return { purpose: oneOf(fields(value), 'purpose', FILE_PURPOSES) };
}

export function lookAtFile(value: unknown): { readonly path: string } {
  return { path: text(fields(value), 'path', 65_536) };
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

/** Characters of a query. */
export const MAX_QUERY_CHARS = 65_536;

export function openView(value: unknown): { readonly sessionId: string; readonly filter: RowFilter } {
  const from = fields(value);
  const filter = fields(from['filter'], '"filter"');
  return {
    sessionId: identifier(from, 'sessionId'),
    filter: {
      hiddenKinds: kinds(filter, 'hiddenKinds'),
      text: text(filter, 'text', MAX_QUERY_CHARS),
      ...(filter['find'] === undefined ? {} : { find: text(filter, 'find', MAX_QUERY_CHARS) }),
    },
  };
}

export function viewRef(value: unknown): { readonly viewId: string } {
  return { viewId: identifier(fields(value), 'viewId') };
}

export function ackBatch(value: unknown): { readonly sessionId: string; readonly batch: number } {
  const from = fields(value);
  return { sessionId: identifier(from, 'sessionId'), batch: integer(from, 'batch') };
}

export function jobRef(value: unknown): { readonly jobId: string } {
  return { jobId: identifier(fields(value), 'jobId') };
}
