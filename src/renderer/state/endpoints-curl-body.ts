/** The body that the data options of a curl command make, each in curl's own way. Part of reading a curl command. Pure. */
import {
  bodyOfText,
  DEFAULT_BODY,
  formEncoded,
  type BodySpec,
  type FormField,
} from '../../shared/connection/request-body.ts';

/** A data option: text as it is sent, a piece of a form, a file, or a part of a multipart form. */
export type CurlData =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'part'; readonly field: FormField };

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** `-d` and its like: "@file" is a file. */
export function readData(value: string): CurlData {
  return value.startsWith('@') ? { kind: 'file', path: value.slice(1) } : { kind: 'text', text: value };
}

/** `--data-urlencode`: "content", "=content", "name=content", and "@file" or "name@file", which are not read. */
export function readEncodedData(value: string): CurlData {
  const at = /[=@]/.exec(value)?.index ?? -1;
  if (value[at] === '@') return { kind: 'file', path: value.slice(at + 1) };
  const name = at > 0 ? `${value.slice(0, at)}=` : '';
  return { kind: 'text', text: name + formEncoded(value.slice(at + 1)).replaceAll('+', '%20') };
}

/** `-F`: "name=content", "name=@file"; `literal` is --form-string. */
export function readPart(value: string, literal: boolean): CurlData {
  const at = value.indexOf('=');
  const name = value.slice(0, Math.max(at, 0));
  const content = value.slice(at + 1);
  if (literal || !/^[@<]/.test(content))
    return { kind: 'part', field: { name, value: content, enabled: true, file: false } };
  const path = content.slice(1).replace(/;(type|filename|headers|encoder)=.*$/, '');
  return {
    kind: 'part',
    field: { name, value: path.replace(/^"(.*)"$/, '$1'), enabled: true, file: true },
  };
}

/** The data as the query of an address (`-G`). */
export function dataAsQuery(data: readonly CurlData[]): string {
  return data.flatMap((one) => (one.kind === 'text' ? [one.text] : [])).join('&');
}

/**
 * @param contentType what the command's own header says, "" when there is none
 * @param json it was given with --json
 */
export function bodyOfData(data: readonly CurlData[], contentType: string, json: boolean): BodySpec {
  const parts = data.flatMap((one) => (one.kind === 'part' ? [one.field] : []));
  if (parts.length > 0) return { ...DEFAULT_BODY, kind: 'multipart', fields: parts };
  const file = data.find((one) => one.kind === 'file');
  const type = contentType === '' && !json ? FORM_TYPE : '';
  if (file)
    return { ...DEFAULT_BODY, kind: 'file', path: file.path, contentType: json ? 'application/json' : type };
  const text = data.flatMap((one) => (one.kind === 'text' ? [one.text] : [])).join(json ? '' : '&');
  if (text === '') return DEFAULT_BODY;
  if (json || /\bjson\b/i.test(contentType)) return { ...DEFAULT_BODY, kind: 'json', text };
  if (contentType !== '' && !contentType.toLowerCase().startsWith(FORM_TYPE))
    return { ...bodyOfText(text), kind: 'text' };
  const fields = formFields(text);
  // Text that is no form, sent as one all the same: curl's -d '{…}' without a header.
  return fields
    ? { ...DEFAULT_BODY, kind: 'form', fields }
    : { ...DEFAULT_BODY, kind: 'text', text, contentType: type };
}

/** The rows of an encoded form; null when they would not be the same form when written again. */
function formFields(text: string): readonly FormField[] | null {
  const fields: FormField[] = [];
  for (const piece of text.split('&')) {
    const at = piece.indexOf('=');
    if (at < 0 || /[\s{}"<>]/.test(piece)) return null;
    try {
      const [name = '', value = ''] = [piece.slice(0, at), piece.slice(at + 1)].map((part) =>
        decodeURIComponent(part.replaceAll('+', ' ')),
      );
      fields.push({ name, value, enabled: true, file: false });
    } catch {
      return null;
    }
  }
  return fields;
}
