/** What a fault does, from its value in the script. */
import { isMap, type YAMLMap } from 'yaml';
import { encodeBlock } from '../sse/encode.ts';
import { assertNever } from '../base/assert.ts';
import type { FaultAction, FaultKind } from './fault.ts';
import { scalarOf, ScriptFault, textOf } from './script-reader.ts';
import { bytesPerSecond, durationMs, nothing, sizeBytes, wholeNumber } from './script-values.ts';

/** `value` is the node behind the fault's own key; `all` the mapping that it stands in. Throws a ScriptFault. */
export function readAction(kind: FaultKind, value: unknown, all: YAMLMap | null): FaultAction {
  const extra = (key: string): unknown => all?.get(key, true);
  switch (kind) {
    case 'stall':
      return { kind, ms: durationMs(value, kind, true) };
    case 'drop':
    case 'reset':
    case 'close':
      nothing(value, kind);
      return { kind };
    case 'duplicate':
      return { kind, copies: scalarOf(value, kind) === null ? 1 : wholeNumber(value, kind, 1, 1000) };
    case 'reorder':
      if (textOf(value, kind) === 'swap') return { kind, events: 2, shuffle: false };
      if (!/^\d+$/.test(textOf(value, kind)))
        throw new ScriptFault('reorder wants swap, or how many events are shuffled (2 to 1000)', value);
      return { kind, events: wholeNumber(value, kind, 2, 1000), shuffle: true };
    case 'corrupt':
      return corruptOf(value);
    case 'truncate': {
      const how = scalarOf(value, kind);
      if (how === null || how === true || how === 'no-end') return { kind, how: 'no-end' };
      if (how === 'short-length') return { kind, how };
      throw new ScriptFault(
        'truncate wants no-end (the body has no end) or short-length (it is shorter than its Content-Length)',
        value,
      );
    }
    case 'status': {
      const wait = extra('retry-after');
      const body = extra('body');
      return {
        kind,
        status: wholeNumber(value, kind, 200, 599),
        retryAfter: wait === undefined ? null : headerText(wait, 'retry-after'),
        body: body === undefined ? '' : textOf(body, 'body'),
      };
    }
    case 'content-type':
      return { kind, type: headerText(value, kind) };
    case 'redirect': {
      const code = extra('code');
      const to = headerText(value, kind);
      if (!/^(?:\/|https?:\/\/)/.test(to))
        throw new ScriptFault('redirect wants a path such as /elsewhere, or an http address', value);
      return { kind, to, status: code === undefined ? 307 : wholeNumber(code, 'code', 300, 399) };
    }
    case 'trickle':
      return { kind, bytesPerSecond: bytesPerSecond(value, kind) };
    case 'endless-line':
      return { kind, bytes: sizeBytes(value, kind, true) };
    case 'insert':
      return { kind, text: insertedText(value) };
    default:
      return assertNever(kind, 'fault');
  }
}

function corruptOf(value: unknown): FaultAction {
  if (!isMap(value)) {
    const bytes = scalarOf(value, 'corrupt') === null ? 1 : wholeNumber(value, 'corrupt', 1, 1_000_000);
    return { kind: 'corrupt', bytes, at: null, to: null };
  }
  known(value, 'corrupt', ['at', 'to']);
  const [at, to] = [value.get('at', true), value.get('to', true)];
  if (at === undefined) throw new ScriptFault('corrupt wants "at", the number of the byte, from 0', value);
  return {
    kind: 'corrupt',
    bytes: 1,
    at: wholeNumber(at, 'at', 0, Number.MAX_SAFE_INTEGER),
    to: to === undefined ? null : wholeNumber(to, 'to', 0, 255),
  };
}

const BLOCK_KEYS = ['data', 'type', 'id', 'retry', 'comment'];

function insertedText(value: unknown): string {
  if (!isMap(value))
    throw new ScriptFault(
      'insert wants what to insert, such as {data: hello} or {comment: keep-alive}',
      value,
    );
  const raw = value.get('raw', true);
  if (raw !== undefined) {
    known(value, 'insert', ['raw']);
    return textOf(raw, 'raw');
  }
  known(value, 'insert', BLOCK_KEYS);
  const text = (key: string): string | undefined => {
    const node = value.get(key, true);
    return node === undefined ? undefined : textOf(node, key);
  };
  const retry = value.get('retry', true);
  const [data, type, id, comment] = [text('data'), text('type'), text('id'), text('comment')];
  try {
    return encodeBlock({
      ...(comment === undefined ? {} : { comments: [comment] }),
      ...(id === undefined ? {} : { id }),
      ...(type === undefined ? {} : { type }),
      ...(retry === undefined ? {} : { retryMs: wholeNumber(retry, 'retry', 0, 2 ** 31) }),
      ...(data === undefined ? {} : { data }),
    });
  } catch (error) {
    if (error instanceof ScriptFault) throw error;
    throw new ScriptFault(`insert: ${error instanceof Error ? error.message : String(error)}`, value);
  }
}

/** Throws at the first key that is not one of these. */
export function known(map: YAMLMap, what: string, keys: readonly string[]): void {
  for (const { key } of map.items) {
    const name = textOf(key, what);
    if (!keys.includes(name))
      throw new ScriptFault(`${what} does not know "${name}". It knows ${keys.join(', ')}`, key);
  }
}

/** A text that a header line can carry. */
function headerText(node: unknown, what: string): string {
  const text = textOf(node, what).trim();
  if (text === '' || !/^[\t\x20-\x7e\x80-\xff]+$/.test(text))
    throw new ScriptFault(
      `${what} wants a text that a header can carry: one line, no control characters`,
      node,
    );
  return text;
}
