/**
 * Finds out what a text is and reads it: collections of Postman and Insomnia, OpenAPI documents, `.http` files. Total: what is
 * none of these, or is damaged, is answered with a sentence.
 */
import { parse } from 'yaml';
import { endpointCount, raw, type Collection, type Raw } from './collection.ts';
import { isHttpFile, readHttpFile } from './http-file.ts';
import { isInsomnia4, isInsomnia5, readInsomnia4, readInsomnia5 } from './insomnia.ts';
import { isOpenApi, readOpenApi } from './openapi.ts';
import {
  isPostmanCollection,
  isPostmanEnvironment,
  readPostmanCollection,
  readPostmanEnvironment,
} from './postman.ts';

interface CollectionFormat {
  readonly label: string;
  readonly is: (value: Raw) => boolean;
  readonly read: (value: Raw) => Collection;
}

/** In the order in which they are asked. */
const FORMATS: readonly CollectionFormat[] = [
  { label: 'Postman collection', is: isPostmanCollection, read: readPostmanCollection },
  { label: 'Postman environment', is: isPostmanEnvironment, read: readPostmanEnvironment },
  { label: 'Insomnia export', is: isInsomnia4, read: readInsomnia4 },
  { label: 'Insomnia collection', is: isInsomnia5, read: readInsomnia5 },
  { label: 'OpenAPI', is: isOpenApi, read: readOpenApi },
];

/** A document of this size is not written by people. */
const MOST_CHARS = 64 * 1024 * 1024;

export type ReadCollection =
  | { readonly ok: true; readonly collection: Collection }
  /** What is wrong, and what would be right. */
  | { readonly ok: false; readonly message: string };

export function readCollection(text: string): ReadCollection {
  if (text.trim() === '') return no('There is nothing in it.');
  if (text.length > MOST_CHARS) return no('It is too long for a collection.');
  if (isHttpFile(text)) return checked(readHttpFile(text));
  let document: unknown;
  try {
    document = /^\s*[[{]/.test(text) ? JSON.parse(text) : parse(text, { maxAliasCount: 100 });
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    return no(`It can be read neither as JSON or YAML nor as an .http file: ${why}`);
  }
  const value = raw(document);
  const format = FORMATS.find((one) => one.is(value));
  if (!format)
    return no(
      'It is none of what can be taken in: a Postman collection or environment (2.0, 2.1), an Insomnia export (4, 5), an OpenAPI or Swagger document, an .http file.',
    );
  return checked(format.read(value));
}

function checked(collection: Collection): ReadCollection {
  const empty = endpointCount(collection.children) === 0 && collection.environments.length === 0;
  return empty ? no(`This ${collection.format} has no requests in it.`) : { ok: true, collection };
}

function no(message: string): ReadCollection {
  return { ok: false, message };
}
