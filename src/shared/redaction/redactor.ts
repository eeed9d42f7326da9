/**
 * Takes secrets out of what leaves Streamscope: by the name they stand under (headers, parameters, fields of bodies), by their
 * format, and by what the user added. Counts what it takes. One redactor an export; knows texts and bytes, no formats of files.
 */
import type { JournalEntry, SessionSummary } from '../session/entry.ts';
import { createRedaction, isMark, isSecretName } from '../session/redact.ts';
import type { ByteText } from '../sse/byte-text.ts';
import { keyFormats } from './key-formats.ts';
import { namesOf, textsOf, type RedactionRules } from './user-rules.ts';

/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** How many were taken out, by where they stood. */
export interface FoundSecrets {
  readonly headers: number;
  readonly addresses: number;
  readonly bodies: number;
  /** In events and other frames of the stream. */
  readonly events: number;
  /** In names, messages and texts that were put together. */
  readonly texts: number;
}

export interface Redactor {
  /** So far. */
  readonly found: FoundSecrets;
  /** Text of any kind. */
  text(text: string): string;
  /** Text out of the stream: `text`, and fields with the names that the user added. */
  data(text: string): string;
  /** The bytes of a frame; the same array when there is no secret in them. */
  bytes(bytes: Uint8Array): Uint8Array;
  entry(entry: JournalEntry): JournalEntry;
  summary(summary: SessionSummary): SessionSummary;
  /** The same rules with a count of its own. */
  uncounted(): Redactor;
}

export function totalFound(found: FoundSecrets): number {
  return found.headers + found.addresses + found.bodies + found.events + found.texts;
}

export function createRedactor(rules: RedactionRules, byteText: ByteText): Redactor {
  const found = { headers: 0, addresses: 0, bodies: 0, events: 0, texts: 0 };
  const formats = keyFormats();
  const isOwnName = namesOf(rules);
  const ownTexts = textsOf(rules);
  const encoder = new TextEncoder();
  const fatal = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  const taker = (place: keyof typeof found) => (secret: string) => {
    if (secret === '' || isMark(secret)) return secret;
    found[place] += 1;
    return REDACTED;
  };
  const takeHeader = taker('headers');
  const takeBody = taker('bodies');
  const named = createRedaction({
    isSecret: (name) => isSecretName(name) || isOwnName(name),
    mark: (secret, place) => (place === 'header' ? takeHeader(secret) : takeBody(secret)),
    urlMark: taker('addresses'),
  });
  const takeEvent = taker('events');
  // Names that are known are no secrets in a stream: "token" is what models call a word.
  const ownNamed = createRedaction({ isSecret: isOwnName, mark: takeEvent, urlMark: takeEvent });
  const hasOwnNames = rules.names.some((name) => name.trim() !== '');

  function clean(text: string, take: (secret: string) => string): string {
    const known = text.replace(formats, take);
    return ownTexts === null ? known : known.replace(ownTexts, take);
  }

  function data(text: string): string {
    const shown = clean(text, takeEvent);
    return hasOwnNames ? ownNamed.url(ownNamed.body(shown)) : shown;
  }

  const takeText = taker('texts');
  const text = (words: string): string => clean(words, takeText);

  function deep(value: unknown, key: string): unknown {
    if (typeof value === 'string') return OWN_WORDS.has(key) ? value : text(value);
    if (Array.isArray(value)) return value.map((item: unknown) => deep(item, ''));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, deep(part, name)]));
  }

  return {
    uncounted: () => createRedactor(rules, byteText),
    get found() {
      return { ...found };
    },
    text,
    data,
    bytes(bytes) {
      if (bytes.length === 0) return bytes;
      let isText = true;
      let before: string;
      if (byteText.isAscii(bytes, 0, bytes.length)) before = byteText.latin1(bytes, 0, bytes.length);
      else {
        try {
          before = fatal.decode(bytes);
        } catch {
          isText = false;
          before = byteText.latin1(bytes, 0, bytes.length);
        }
      }
      const after = data(before);
      if (after === before) return bytes;
      return isText ? encoder.encode(after) : Uint8Array.from(after, (character) => character.charCodeAt(0));
    },
    // The shape is kept: texts become texts.
    entry: (entry) => deep(named.entry(entry), '') as JournalEntry,
    summary(summary) {
      const words = (one: string): string => text(named.text(one));
      const { origin } = summary;
      return {
        ...summary,
        name: words(summary.name),
        url: text(named.url(summary.url)),
        tags: summary.tags.map(words),
        notes: words(summary.notes),
        origin: origin && { ...origin, name: words(origin.name) },
      };
    },
  };
}

/** Fields whose values are words of ours, which a rule of the user may happen to match. */
const OWN_WORDS = new Set(['kind', 'code', 'how', 'state', 'source', 'by', 'action', 'ids', 'framing']);
