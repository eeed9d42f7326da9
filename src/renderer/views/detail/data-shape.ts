/** What a text is best shown as: a JSON tree, an image, or text. Pure. */
import { readJson, type JsonDocument } from '../../ui/json-document.ts';

export type DataShape =
  | { readonly kind: 'json'; readonly json: JsonDocument }
  | { readonly kind: 'image'; readonly source: string; readonly note: string }
  | { readonly kind: 'text'; readonly text: string };

/** Raster formats only: an SVG is a document with scripts and links, even if an image element does not run them. */
const IMAGE_URL = /^data:image\/(png|jpeg|gif|webp|avif|bmp);base64,[A-Za-z0-9+/=\s]+$/;

/** Beginnings of base64 texts of image files, as streams send them bare. */
const IMAGE_STARTS: readonly (readonly [start: string, type: string])[] = [
  ['iVBORw0KGgo', 'png'],
  ['/9j/', 'jpeg'],
  ['R0lGODlh', 'gif'],
  ['R0lGODdh', 'gif'],
];

const MIN_IMAGE_CHARS = 64;

/** What a text is best shown as. Only objects and arrays count as JSON: a lone number reads the same either way. */
export function shapeOf(text: string): DataShape {
  const first = /^[ \t\r\n]*([[{])/.exec(text)?.[1];
  if (first !== undefined) {
    try {
      return { kind: 'json', json: readJson(text) };
    } catch {
      // It only looked like JSON: it is shown as the text that it is.
    }
  }
  const source = imageSource(text.trim());
  if (source !== null)
    return { kind: 'image', source, note: source.slice('data:'.length, source.indexOf(';')) };
  return { kind: 'text', text };
}

function imageSource(text: string): string | null {
  if (text.length < MIN_IMAGE_CHARS) return null;
  if (text.startsWith('data:image/')) return IMAGE_URL.test(text) ? text : null;
  const type = IMAGE_STARTS.find(([start]) => text.startsWith(start))?.[1];
  if (type === undefined || !/^[A-Za-z0-9+/=\r\n]+$/.test(text)) return null;
  return `data:image/${type};base64,${text}`;
}
