/**
 * Bookmarks and notes on the entries of a session, by the entries' numbers. They are the user's, not the stream's: the log never
 * knows of them, and taking all of them away leaves it as it was.
 */
import type { SeqNo } from '../base/clock.ts';

export interface Annotation {
  readonly seq: SeqNo;
  readonly bookmarked: boolean;
  /** "" when there is none. */
  readonly note: string;
}

/** For whoever shows, searches or exports them. Sees changes as they are made. */
export interface AnnotationReader {
  annotationOf(seq: SeqNo): Annotation | null;
  /** In the order of the entries. */
  all(): readonly Annotation[];
}

export const MAX_NOTE_CHARS = 20_000;
/** More than anybody sets by hand, and few enough to be written whole at each change. */
export const MAX_ANNOTATIONS = 100_000;

const FORMAT_VERSION = 1;

export const NO_ANNOTATIONS: AnnotationReader = { annotationOf: () => null, all: () => [] };

/** One that says nothing is none. */
export function isBlank({ bookmarked, note }: Annotation): boolean {
  return !bookmarked && note === '';
}

export function blankAnnotation(seq: SeqNo): Annotation {
  return { seq, bookmarked: false, note: '' };
}

/** What was there with `changes` put in place; blank ones take away. In the order of the entries. */
export function withChanges(
  annotations: readonly Annotation[],
  changes: readonly Annotation[],
): readonly Annotation[] {
  const bySeq = new Map(annotations.map((one) => [one.seq, one]));
  for (const change of changes) {
    const { seq, bookmarked } = change;
    const tidy = { seq, bookmarked, note: change.note.slice(0, MAX_NOTE_CHARS) };
    if (isBlank(tidy)) bySeq.delete(seq);
    else bySeq.set(seq, tidy);
  }
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq);
}

export function readerOf(annotations: readonly Annotation[]): AnnotationReader {
  const bySeq = new Map(annotations.map((one) => [one.seq, one]));
  return { annotationOf: (seq) => bySeq.get(seq) ?? null, all: () => annotations };
}

/** The text of `annotations.json`; docs/formats.md describes it. */
export function encodeAnnotations(annotations: readonly Annotation[]): string {
  const lines = annotations.map((one) => `    ${JSON.stringify(one)}`);
  return `{\n  "formatVersion": ${FORMAT_VERSION},\n  "annotations": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

/** Throws a sentence when the text is not one that this version can read; single ones that say nothing are left out. */
export function decodeAnnotations(text: string): readonly Annotation[] {
  const value = parsed(text);
  const version = value?.['formatVersion'];
  const list = value?.['annotations'];
  if (typeof version !== 'number' || !Array.isArray(list))
    throw new Error('The bookmarks and notes of this session are damaged');
  if (version > FORMAT_VERSION)
    throw new Error('The bookmarks and notes of this session were written by a newer Streamscope');
  return withChanges([], list.slice(0, MAX_ANNOTATIONS).flatMap(annotationFrom));
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function annotationFrom(value: unknown): readonly Annotation[] {
  if (typeof value !== 'object' || value === null) return [];
  const { seq, bookmarked, note } = value as Readonly<Record<string, unknown>>;
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0) return [];
  return [{ seq, bookmarked: bookmarked === true, note: typeof note === 'string' ? note : '' }];
}
