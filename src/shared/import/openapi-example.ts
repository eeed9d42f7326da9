/** References inside an OpenAPI document, and example values made from its schemas. */
import { raw, rawList, rawText, type Raw } from './collection.ts';

export interface References {
  /** The object that a value is or points to with `$ref`; empty when it points outside or nowhere. */
  resolve(value: unknown): Raw;
}

export function createReferences(document: Raw): References {
  function resolve(value: unknown, seen: readonly string[] = []): Raw {
    const object = raw(value);
    const target = object['$ref'];
    if (typeof target !== 'string') return object;
    if (!target.startsWith('#/') || seen.includes(target)) return {};
    const found = target
      .slice(2)
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((inside, part) => raw(inside)[part], document);
    return resolve(found, [...seen, target]);
  }
  return { resolve: (value) => resolve(value) };
}

/** Deeper than this a schema describes itself. */
const MOST_DEPTH = 8;

/** An example of a schema, of a parameter or of a media type; undefined when nothing is known of it. */
export function exampleOf(value: unknown, references: References, depth = 0): unknown {
  const schema = references.resolve(value);
  if ('example' in schema) return schema['example'];
  const [named] = Object.values(raw(schema['examples']));
  if (named !== undefined)
    return 'value' in raw(named) ? raw(named)['value'] : references.resolve(named)['value'];
  const [first] = rawList(schema['examples']);
  if (first !== undefined) return first;
  for (const key of ['default', 'const']) if (key in schema) return schema[key];
  const [choice] = rawList(schema['enum']);
  if (choice !== undefined) return choice;
  if (depth > MOST_DEPTH) return undefined;
  const parts = rawList(schema['allOf']);
  if (parts.length > 0)
    return Object.assign({}, ...parts.map((part) => raw(exampleOf(part, references, depth + 1)))) as unknown;
  const [variant] = [...rawList(schema['oneOf']), ...rawList(schema['anyOf'])];
  if (variant !== undefined) return exampleOf(variant, references, depth + 1);
  const type: unknown = Array.isArray(schema['type']) ? (schema['type'] as unknown[])[0] : schema['type'];
  if (type === 'object' || 'properties' in schema) {
    const required = rawList(schema['required']).map(rawText);
    const properties = Object.entries(raw(schema['properties']));
    // What may be left out is left out, unless nothing has to be there.
    const wanted =
      required.length === 0 ? properties : properties.filter(([name]) => required.includes(name));
    return Object.fromEntries(
      wanted.map(([name, property]) => [name, exampleOf(property, references, depth + 1) ?? null]),
    );
  }
  if (type === 'array') {
    const item = exampleOf(schema['items'], references, depth + 1);
    return item === undefined ? [] : [item];
  }
  if (type === 'string') return '';
  if (type === 'integer' || type === 'number') return 0;
  return type === 'boolean' ? false : undefined;
}
