/**
 * The head of an HTTP/1.1 message (RFC 9112) as a list of lines that can be changed one by one: what is not changed goes out byte
 * for byte as it came in, odd spacing and all. Text is one character a byte.
 */
import type { HeaderPair } from '../session/entry.ts';

export interface HeadField {
  readonly name: string;
  /** Without the blanks around it. */
  readonly value: string;
  /** Index in `lines`. */
  readonly line: number;
}

export interface MessageHead {
  /** Each with its line end; folded lines are with the one that they continue. The empty line that ends the head is the last. */
  readonly lines: readonly string[];
  /** Without its line end. */
  readonly startLine: string;
  readonly fields: readonly HeadField[];
}

/** Something that is not HTTP. The message says what is wrong with it. */
export class HeadFault extends Error {}

const LF = 10;
const CR = 13;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** The index behind the empty line that ends the head; -1 when it is not there yet. `from`: nothing before it can be that line. */
export function headEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2;
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return at + 3;
  }
  return -1;
}

/** @throws HeadFault */
export function parseHead(text: string): MessageHead {
  const lines: string[] = [];
  for (const line of text.match(/[^\n]*\n/g) ?? []) {
    if (lines.length > 1 && /^[ \t]/.test(line)) lines[lines.length - 1] += line;
    else lines.push(line);
  }
  const startLine = (lines[0] ?? '').replace(/\r?\n$/, '');
  const fields: HeadField[] = [];
  for (const [line, whole] of lines.entries()) {
    if (line === 0 || /^\r?\n$/.test(whole)) continue;
    const colon = whole.indexOf(':');
    const name = whole.slice(0, Math.max(0, colon));
    if (!TOKEN.test(name)) throw new HeadFault(`"${whole.trim().slice(0, 80)}" is not a header line`);
    fields.push({ name, value: whole.slice(colon + 1).trim(), line });
  }
  return { lines, startLine, fields };
}

export interface RequestLine {
  readonly method: string;
  readonly target: string;
  readonly version: string;
}

/** @throws HeadFault */
export function requestLine({ startLine }: MessageHead): RequestLine {
  const match = /^([^ ]+) ([^ ]+) (HTTP\/1\.[01])$/.exec(startLine);
  const [, method = '', target = '', version = ''] = match ?? [];
  if (!match || !TOKEN.test(method))
    throw new HeadFault(
      startLine.includes('HTTP/2')
        ? 'the client speaks HTTP/2 without being asked; a tap takes HTTP/1.1'
        : `"${startLine.slice(0, 80)}" is not a request line`,
    );
  return { method, target, version };
}

export interface StatusLine {
  readonly status: number;
  readonly statusText: string;
  /** "1.1" */
  readonly version: string;
}

/** @throws HeadFault */
export function statusLine({ startLine }: MessageHead): StatusLine {
  const match = /^HTTP\/(\d\.\d) (\d{3})(?: (.*))?$/.exec(startLine);
  if (!match) throw new HeadFault(`"${startLine.slice(0, 80)}" is not a status line`);
  const [, version = '', status = '', statusText = ''] = match;
  return { version, status: Number(status), statusText };
}

/** Values of all fields with this (lower-case) name, in order. */
export function fieldValues(head: MessageHead, name: string): string[] {
  return head.fields.filter((field) => field.name.toLowerCase() === name).map(({ value }) => value);
}

/** The members of a list header, in lower case: `Connection: keep-alive, Upgrade`. */
export function listMembers(head: MessageHead, name: string): string[] {
  return fieldValues(head, name)
    .join(',')
    .toLowerCase()
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
}

export function headerPairs(head: MessageHead): HeaderPair[] {
  return head.fields.map(({ name, value }) => [name, value]);
}

/** What becomes of a field: null keeps it as it is, "" takes its line out, other text is the new line without its end. */
export type FieldChange = (field: HeadField) => string | null;

/** The head as text with another start line and changed fields; `added` lines come last. */
export function changedHead(
  head: MessageHead,
  startLine: string,
  change: FieldChange,
  added: readonly string[] = [],
): string {
  const lines = [...head.lines];
  lines[0] = startLine + endOf(lines[0]);
  for (const field of head.fields) {
    const changed = change(field);
    if (changed === null) continue;
    lines[field.line] = changed === '' ? '' : changed + endOf(lines[field.line]);
  }
  lines.splice(-1, 0, ...added.map((line) => `${line}\r\n`));
  return lines.join('');
}

function endOf(line: string | undefined): string {
  return line?.endsWith('\r\n') ? '\r\n' : '\n';
}
