/**
 * The body of a request: what the form keeps of it, and what of that goes over the wire. All kinds keep their own fields, so that
 * trying another kind loses nothing. Forms are encoded by WHATWG URL 5.2 and RFC 7578.
 */
import type { HeaderPair } from '../session/entry.ts';

export type BodyKind = 'none' | 'json' | 'form' | 'multipart' | 'text' | 'file';

export const BODY_KINDS: readonly BodyKind[] = ['none', 'json', 'form', 'multipart', 'text', 'file'];

/** A row of a form; disabled ones are kept and not sent. */
export interface FormField {
  readonly name: string;
  /** The text, or the path of the file. */
  readonly value: string;
  readonly enabled: boolean;
  /** Multipart only: the value is the path of a file whose bytes are sent. */
  readonly file: boolean;
}

export interface BodySpec {
  /** Which of the following is sent. */
  readonly kind: BodyKind;
  /** Of `json` and `text`; sent as UTF-8. */
  readonly text: string;
  /** Of `text` and `file`; "" means the usual one. */
  readonly contentType: string;
  /** Of `form` and `multipart`. */
  readonly fields: readonly FormField[];
  /** Of `file`. */
  readonly path: string;
}

export const DEFAULT_BODY: BodySpec = { kind: 'none', text: '', contentType: '', fields: [], path: '' };

/** A run of a body: text that is sent as UTF-8, or a file that is read when it is sent. */
export type BodyPart =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'file'; readonly path: string };

/** A body as it is sent: text, "" for none, or parts when a file is among them. */
export type MessageBody = string | readonly BodyPart[];

export interface EncodedBody {
  readonly body: MessageBody;
  /** What its Content-Type is unless the user has set one; "" when there is no body. */
  readonly contentType: string;
}

/** The body that a plain text stands for; text that begins like JSON is JSON. Also how older workspaces kept every body. */
export function bodyOfText(text: string): BodySpec {
  if (text === '') return DEFAULT_BODY;
  return { ...DEFAULT_BODY, kind: /^\s*[[{]/.test(text) ? 'json' : 'text', text };
}

/** @param asked the headers of the user: a boundary in their Content-Type is the one that is used */
export function encodeBody(spec: BodySpec, asked: readonly HeaderPair[] = []): EncodedBody {
  switch (spec.kind) {
    case 'none':
      return { body: '', contentType: '' };
    case 'json':
      return { body: spec.text, contentType: spec.text === '' ? '' : 'application/json' };
    case 'text':
      return {
        body: spec.text,
        contentType: spec.text === '' ? '' : spec.contentType.trim() || 'text/plain;charset=UTF-8',
      };
    case 'form': {
      const body = sent(spec.fields)
        .map(({ name, value }) => `${formEncoded(name)}=${formEncoded(value)}`)
        .join('&');
      return { body, contentType: 'application/x-www-form-urlencoded' };
    }
    case 'multipart':
      return multipart(sent(spec.fields), boundaryOf(asked));
    case 'file':
      return {
        body: [{ kind: 'file', path: spec.path }],
        contentType: spec.contentType.trim() || 'application/octet-stream',
      };
  }
}

/** The parts of any body, in order. */
export function bodyParts(body: MessageBody): readonly BodyPart[] {
  if (typeof body !== 'string') return body;
  return body === '' ? [] : [{ kind: 'text', text: body }];
}

/** The body for people and for the journal: files are named and not read. */
export function describeBody(body: MessageBody): string {
  return bodyParts(body)
    .map((part) => (part.kind === 'text' ? part.text : `(the bytes of ${part.path || 'no file'})`))
    .join('');
}

/** One name or value of a form (application/x-www-form-urlencoded byte serializer). */
export function formEncoded(text: string): string {
  return encodeURIComponent(wellFormed(text))
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

/** Lone surrogates become U+FFFD, as UTF-8 encoders do; encodeURIComponent would throw on them. */
function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}

function sent(fields: readonly FormField[]): readonly FormField[] {
  return fields.filter((field) => field.enabled && (field.name !== '' || field.value !== ''));
}

function multipart(fields: readonly FormField[], wanted: string): EncodedBody {
  const texts = fields.filter((field) => !field.file).map((field) => field.value);
  const boundary = wanted || freeBoundary(texts);
  const parts: BodyPart[] = [];
  for (const { name, value, file } of fields) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${dispositionText(name)}"`;
    if (file) {
      const fileName = dispositionText(value.replace(/^.*[/\\]/, ''));
      parts.push(
        {
          kind: 'text',
          text: `${head}; filename="${fileName}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
        },
        { kind: 'file', path: value },
        { kind: 'text', text: '\r\n' },
      );
    } else parts.push({ kind: 'text', text: `${head}\r\n\r\n${value.replace(/\r\n|\r|\n/g, '\r\n')}\r\n` });
  }
  parts.push({ kind: 'text', text: `--${boundary}--\r\n` });
  const plain = parts.every((part) => part.kind === 'text');
  return {
    body: plain ? parts.map((part) => (part.kind === 'text' ? part.text : '')).join('') : parts,
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

/** A name inside a quoted parameter, escaped as browsers do (WHATWG HTML, "multipart/form-data encoding algorithm"). */
function dispositionText(text: string): string {
  return text.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');
}

/** The same for the same fields, so that an attempt can be compared with the one before; never inside one of the texts. */
function freeBoundary(texts: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const boundary = `streamscope-part-8f27c41d-${number}`;
    if (!texts.some((text) => text.includes(boundary))) return boundary;
  }
}

function boundaryOf(asked: readonly HeaderPair[]): string {
  const type = asked.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const found = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type);
  return found?.[1] ?? found?.[2] ?? '';
}
