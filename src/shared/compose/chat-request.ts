/** A request of the form as a composition, and back: the body's text is the truth and keeps every character that need not change. */
import { objectOf } from '../chat/json-read.ts';
import type { RequestSpec } from '../connection/types.ts';
import type { ChatFormat, Composition } from './composition.ts';
import { checkJson } from './json-check.ts';
import { parseJson, rewriteJson } from './json-text.ts';
import { detectFormat } from './registry.ts';

/** What the form's request says, when it is a chat request. */
export type ChatReading =
  | { readonly format: ChatFormat; readonly composition: Composition; readonly fault: null }
  /** The body cannot be read; `fault` says why and where. */
  | { readonly format: ChatFormat; readonly composition: null; readonly fault: string };

type RequestText = Pick<RequestSpec, 'url' | 'body'>;

/** null: it is no request of a chat in a format that is known. */
export function readChat({ url, body }: RequestText): ChatReading | null {
  if (body.kind !== 'json') return null;
  const format = detectFormat(url, body.text);
  if (!format) return null;
  try {
    const value = body.text.trim() === '' ? {} : parseJson(body.text);
    return { format, composition: format.read({ url, body: objectOf(value) ?? {} }), fault: null };
  } catch (error) {
    return { format, composition: null, fault: faultOf(body.text, error) };
  }
}

function faultOf(text: string, error: unknown): string {
  const check = checkJson(text, true);
  if (check.kind === 'broken') return `Not JSON: ${check.message}`;
  if (check.kind === 'template') return 'A {{variable}} stands where JSON wants a value in quotes';
  return error instanceof Error ? error.message : String(error);
}

/** The parts of a request that say `composition`; the request must be one that `readChat` can read. */
export function writeChat(request: RequestText, format: ChatFormat, composition: Composition): RequestText {
  const { url, body } = request;
  const value = body.text.trim() === '' ? {} : parseJson(body.text);
  const written = format.write({ url, body: objectOf(value) ?? {} }, composition);
  return { url: written.url, body: { ...body, kind: 'json', text: rewriteJson(body.text, written.body) } };
}
