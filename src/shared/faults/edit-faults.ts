/** Changes to a script's text that leave everything else in it as it was, comments included. */
import { isMap, isSeq, parseDocument, type Document, type Node } from 'yaml';

/** One fault as keys and values; values as they would be written. */
export type FaultFields = readonly (readonly [key: string, value: string])[];

/** The script with a fault at its end. */
export function withFault(text: string, fields: FaultFields): string {
  const document = documentOf(text);
  const list: unknown = document.get('faults', true);
  if (isSeq(list)) list.add(document.createNode(parsedFault(fields)));
  else document.set('faults', document.createNode([parsedFault(fields)]));
  return textOf(document);
}

/** The script with fault number `at` replaced; a comment above it stays. */
export function withFaultAt(text: string, at: number, fields: FaultFields): string {
  const document = documentOf(text);
  const list: unknown = document.get('faults', true);
  if (!isSeq(list)) return text;
  const before = list.items[at];
  const node = document.createNode(parsedFault(fields));
  if (isMap(before)) {
    node.commentBefore = before.commentBefore ?? null;
    node.spaceBefore = before.spaceBefore ?? false;
  }
  list.set(at, node);
  return textOf(document);
}

export function withoutFault(text: string, at: number): string {
  const document = documentOf(text);
  const list: unknown = document.get('faults', true);
  if (!isSeq(list)) return text;
  list.delete(at);
  return textOf(document);
}

/** The faults as keys and values, as they are written; empty when the script cannot be read. */
export function faultFields(text: string): readonly FaultFields[] {
  const document = parseDocument(text);
  const list: unknown =
    document.errors.length > 0 || !isMap(document.contents) ? null : document.get('faults', true);
  if (!isSeq(list)) return [];
  return list.items.map((item) => {
    if (!isMap(item)) return [[String(item), ''] as const];
    return item.items.map(({ key, value }) => [String(key), valueText(text, value)] as const);
  });
}

function documentOf(text: string): Document {
  let document = parseDocument(text);
  if (document.errors.length > 0) throw new Error('The script has a mistake. Mend that first.');
  if (document.contents === null)
    document = parseDocument(`${text}${text === '' || text.endsWith('\n') ? '' : '\n'}faults: []\n`);
  if (!isMap(document.contents)) throw new Error('A script begins with "faults:". Mend that first.');
  const list: unknown = document.get('faults', true);
  // In the long form, so that each fault has lines of its own.
  if (isSeq(list)) list.flow = false;
  return document;
}

function textOf(document: Document): string {
  return document.toString({ nullStr: '', lineWidth: 0, flowCollectionPadding: false });
}

function parsedFault(fields: FaultFields): unknown {
  const lines = fields.map(([key, value]) => (value === '' ? `${key}:` : `${key}: ${value}`)).join('\n');
  const document = parseDocument(lines);
  if (document.errors.length > 0) {
    // As texts, where what was typed is no YAML.
    return Object.fromEntries(fields);
  }
  return document.contents;
}

/** As it stands in the script. */
function valueText(text: string, value: unknown): string {
  const range = (value as Partial<Node> | null)?.range;
  return range ? text.slice(range[0], range[1]) : '';
}
