/** The content of a message in OpenAI's two formats: a text, or parts whose types have other names in each. Pure. */
import { listOf, objectOf, textOf } from '../chat/json-read.ts';
import { carryOver, sameJson } from './carry-over.ts';
import type { MessagePart } from './composition.ts';
import { typeName } from './fields.ts';

/** How a format writes a text and an image. */
export interface ContentWords {
  readonly text: string;
  readonly image: (url: string) => object;
}

export function readContent(content: unknown): readonly MessagePart[] {
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  return listOf(content).map(readPart);
}

function readPart(value: unknown): MessagePart {
  const part = objectOf(value) ?? {};
  const type = textOf(part['type']);
  if (['text', 'input_text', 'output_text'].includes(type) && typeof part['text'] === 'string')
    return { kind: 'text', text: part['text'] };
  const image = part['image_url'];
  const url = typeof image === 'string' ? image : textOf(objectOf(image)?.['url']);
  if (url !== '') return { kind: 'image', url };
  return { kind: 'other', type: typeName(value), value };
}

/** The content for `parts`, over the one that stood there; null when there is none. */
export function writeContent(parts: readonly MessagePart[], over: unknown, words: ContentWords): unknown {
  if (over !== undefined && sameJson(readContent(over), parts)) return over;
  const [first] = parts;
  if (!Array.isArray(over) && parts.length === 1 && first?.kind === 'text') return first.text;
  if (parts.length === 0) return null;
  return carryOver(
    listOf(over),
    readPart,
    parts,
    (part, old) => writePart(part, old, words),
    (before, after) => before.kind === after.kind,
  );
}

function writePart(part: MessagePart, over: unknown, words: ContentWords): unknown {
  const old = objectOf(over);
  if (part.kind === 'text') return old ? { ...old, text: part.text } : { type: words.text, text: part.text };
  if (part.kind === 'image') return words.image(part.url);
  return part.kind === 'other' ? part.value : null;
}
