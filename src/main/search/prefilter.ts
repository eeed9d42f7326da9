/**
 * Patterns for the bytes of frames, a character a byte, without which a query cannot match: what they do not find need not be
 * interpreted. They may find too much and never too little.
 */
import { RegExpParser } from '@eslint-community/regexpp';
import type { JsonPath, JsonTest } from '../../shared/filter/json-query.ts';
import type { Query, TextTest } from '../../shared/filter/query.ts';
import { foldedSource } from '../../shared/filter/text-test.ts';
import { directRegex, type DirectRegex } from './regex-direct.ts';
import { regexLiterals } from './regex-literals.ts';

export interface Prefilter {
  /** For every frame whose text is in its bytes; null when there is none. */
  readonly texts: RegExp | null;
  /** For frames of event streams within its bounds, where it is the better one. */
  readonly direct: (Pick<DirectRegex, 'oneLine' | 'ascii'> & { readonly pattern: RegExp }) | null;
}

/** Sources of patterns, at least one of which is found. */
interface Texts {
  readonly sources: readonly string[];
  /** Characters of the shortest. */
  readonly least: number;
  /** Of a regular expression, which may say more than its texts. */
  readonly ofRegex: boolean;
}

interface Wanted {
  readonly texts: Texts | null;
  readonly direct: DirectRegex | null;
}

const NOTHING: Wanted = { texts: null, direct: null };
/** Shorter texts are everywhere. */
const GOOD_CHARS = 3;

export function prefilterOf(query: Query): Prefilter {
  const { texts, direct } = wantedBy(query);
  const plain = texts !== null && !texts.ofRegex && texts.least >= GOOD_CHARS;
  return {
    texts: texts && new RegExp(texts.sources.join('|'), 'g'),
    direct: direct && !plain ? { ...direct, pattern: patternOf(direct) } : null,
  };
}

function patternOf({ source, ignoreCase, unicode }: DirectRegex): RegExp {
  return new RegExp(source, `g${ignoreCase ? 'i' : ''}${unicode ? 'u' : ''}`);
}

function wantedBy(query: Query): Wanted {
  switch (query.op) {
    case 'all':
      return query.parts.map(wantedBy).reduce(both, NOTHING);
    case 'any': {
      const [first = NOTHING, ...others] = query.parts.map(wantedBy);
      return others.reduce(either, first);
    }
    case 'text':
      return query.field === 'data' ? wantedByText(query.test) : NOTHING;
    case 'json':
      return wantedByJson(query.path, query.test);
    default:
      return NOTHING;
  }
}

/** Each is wanted, so either of two will do. */
function both(one: Wanted, other: Wanted): Wanted {
  const texts = !one.texts || (other.texts && other.texts.least > one.texts.least) ? other.texts : one.texts;
  return { texts, direct: one.direct ?? other.direct };
}

/** One of the two is wanted, so a pattern must find both. */
function either(one: Wanted, other: Wanted): Wanted {
  const texts = one.texts && other.texts;
  return {
    texts: texts && {
      sources: [...texts.sources, ...one.texts.sources],
      least: Math.min(texts.least, one.texts.least),
      ofRegex: texts.ofRegex || one.texts.ofRegex,
    },
    direct: eitherDirect(one, other),
  };
}

function eitherDirect(one: Wanted, other: Wanted): DirectRegex | null {
  const a = one.direct ?? asDirect(one.texts);
  const b = other.direct ?? asDirect(other.texts);
  if (!a || !b) return null;
  // Texts are found under any flags; two expressions only under the same.
  const flags = one.direct ?? b;
  if (one.direct && other.direct && (a.ignoreCase !== b.ignoreCase || a.unicode !== b.unicode)) return null;
  return {
    source: `${a.source}|${b.source}`,
    ignoreCase: flags.ignoreCase,
    unicode: flags.unicode,
    oneLine: a.oneLine || b.oneLine,
    ascii: a.ascii || b.ascii,
  };
}

function asDirect(texts: Texts | null): DirectRegex | null {
  if (!texts) return null;
  return { source: texts.sources.join('|'), ignoreCase: false, unicode: false, oneLine: false, ascii: false };
}

function wantedByText(test: TextTest): Wanted {
  if (test.is !== 'regex')
    return { texts: textsOf([test.text], test.is === 'contains', false), direct: null };
  const literal = new RegExpParser({ ecmaVersion: 2025 }).parseLiteral(test.regex.toString());
  const literals = regexLiterals(literal);
  return {
    texts: literals && textsOf(literals, literal.flags.ignoreCase, true),
    direct: directRegex(literal),
  };
}

/** Names in JSON may be written with escapes, and texts too; an escape is something to look at. */
function wantedByJson(path: JsonPath, test: JsonTest | null): Wanted {
  const names = path.flatMap((step) => ('key' in step ? [step.key] : []));
  const value =
    test?.is === 'compare' && test.comparison === '=' && test.number === null && !isWordOfJson(test.literal)
      ? [test.literal]
      : [];
  const isPlain = (text: string): boolean => !/["\\/\p{Cc}]/u.test(text);
  // Names stand in most events, values in few.
  const telling = value.filter((text) => isPlain(text) && text.length >= GOOD_CHARS);
  const plain = telling.length > 0 ? telling : [...names, ...value].filter(isPlain);
  const longest = plain.reduce((best, text) => (text.length > best.length ? text : best), '');
  const texts = longest === '' ? null : textsOf([longest], false, false);
  return { texts: texts && { ...texts, sources: [...texts.sources, '\\\\u'] }, direct: null };
}

/** Also as a text: what compares equal to it may be no text in the bytes. */
function isWordOfJson(literal: string): boolean {
  return ['true', 'false', 'null', 'Infinity', '-Infinity'].includes(literal);
}

/** null when the bytes of one say nothing: a line break stands between fields, U+FFFD for bytes that were something else. */
function textsOf(texts: readonly string[], fold: boolean, ofRegex: boolean): Texts | null {
  if (texts.some((text) => text === '' || /[\r\n\ufffd]|\p{Surrogate}/u.test(text))) return null;
  const sources = texts.map((text) => {
    const bytes = Buffer.from(text).toString('latin1');
    return fold ? foldedSource(bytes) : exactSource(bytes);
  });
  return { sources, least: Math.min(...texts.map(({ length }) => length)), ofRegex };
}

function exactSource(bytes: string): string {
  return bytes.replace(/[^A-Za-z0-9 ]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
