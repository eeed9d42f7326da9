/**
 * The format of a session folder: names of its files, its version, and the manifest. Folders of older versions pass through
 * the converter chain, one step a version; newer ones are refused with a sentence. Written down in docs/formats.md.
 */
import type {
  SessionCounts,
  SessionLabels,
  SessionOrigin,
  SessionOutcome,
  SessionSummary,
} from '../../shared/session/entry.ts';
import { parseOrigin, parseTags, plainText, validTime } from './manifest-fields.ts';

export const FORMAT_VERSION = 1;

export const FILE_NAMES = {
  wire: 'wire.bin',
  reads: 'reads.bin',
  index: 'frames.idx',
  journal: 'journal.ndjson',
  annotations: 'annotations.json',
  faults: 'faults.yaml',
  manifest: 'manifest.json',
  lock: 'writer.lock',
} as const;

/** Sizes of the four files when the session was closed properly: as long as they are the same, nothing needs a look. */
export interface FileSizes {
  readonly wire: number;
  readonly reads: number;
  readonly index: number;
  readonly journal: number;
}

/** Checksums of the files when the session was closed (seal.ts); null for body bytes that are too many to be read at each opening. */
export interface Seal {
  readonly wire: string | null;
  readonly reads: string;
  readonly index: string;
  readonly journal: string;
}

/** The folder is of a version that this one does not know: nothing in it is to be touched. */
export class OtherFormat extends Error {}

export interface Manifest extends SessionLabels {
  readonly formatVersion: number;
  readonly method: string;
  /** Redacted. */
  readonly url: string;
  readonly endpointId: string | null;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly outcome: SessionOutcome;
  readonly counts: SessionCounts;
  readonly origin: SessionOrigin | null;
  /** null until the session was closed. */
  readonly sizes: FileSizes | null;
  /** null until then, and in sessions of versions before it. */
  readonly seal: Seal | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** What turns a manifest of version n into one of version n + 1, by n. The first version has nothing before it. */
const CONVERTERS: Readonly<Record<number, (manifest: Fields) => Fields>> = {};

const OUTCOMES: readonly SessionOutcome[] = ['live', 'ended', 'stopped', 'failed', 'interrupted'];
/** The most that notes may hold. */
export const MAX_NOTES_CHARS = 100_000;
const NO_COUNTS: SessionCounts = { entries: 0, events: 0, comments: 0, attempts: 0, bodyBytes: 0 };

export function encodeManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Throws when the text is no manifest, or is of a newer version. Fields that are missing get a neutral value. */
export function decodeManifest(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('The manifest of this session is damaged (it is not JSON)');
  }
  const raw = asFields(value);
  const version = raw?.['formatVersion'];
  if (!raw || typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    throw new Error('This folder has no manifest of a Streamscope session');
  return fromFields(upgrade(raw, version));
}

function upgrade(manifest: Fields, version: number): Fields {
  if (version > FORMAT_VERSION)
    throw new OtherFormat(
      `This session was recorded by a newer Streamscope (format ${version}; this one reads up to ${FORMAT_VERSION}). Update Streamscope to open it.`,
    );
  let upgraded = manifest;
  for (let from = version; from < FORMAT_VERSION; from += 1) {
    const convert = CONVERTERS[from];
    if (!convert) throw new OtherFormat(`This session has the unknown format ${version}`);
    upgraded = convert(upgraded);
  }
  return upgraded;
}

function fromFields(from: Fields): Manifest {
  const counts = asFields(from['counts']);
  const sizes = asFields(from['sizes']);
  return {
    formatVersion: FORMAT_VERSION,
    name: plainText(from['name'], 4096),
    tags: parseTags(from['tags']),
    notes: plainText(from['notes'], MAX_NOTES_CHARS),
    pinned: from['pinned'] === true,
    method: plainText(from['method'], 4096),
    url: plainText(from['url']),
    endpointId: typeof from['endpointId'] === 'string' ? from['endpointId'] : null,
    startedAt: validTime(number(from['startedAt'])),
    durationMs: Math.max(0, number(from['durationMs'])),
    outcome: OUTCOMES.find((outcome) => outcome === from['outcome']) ?? 'interrupted',
    counts: counts ? numbersLike(NO_COUNTS, counts) : NO_COUNTS,
    origin: parseOrigin(from['origin']),
    sizes: sizes ? numbersLike({ wire: -1, reads: -1, index: -1, journal: -1 }, sizes) : null,
    seal: sealFrom(asFields(from['seal'])),
  };
}

function sealFrom(seal: Fields | null): Seal | null {
  if (!seal) return null;
  const wire = typeof seal['wire'] === 'string' ? seal['wire'] : null;
  return {
    wire,
    reads: plainText(seal['reads']),
    index: plainText(seal['index']),
    journal: plainText(seal['journal']),
  };
}

/** What the manifest does not say of a session. */
export type FolderFacts = Pick<SessionSummary, 'diskBytes' | 'marked'>;

export function summaryOf(id: string, manifest: Manifest, facts: FolderFacts): SessionSummary {
  const { formatVersion: _version, sizes: _sizes, seal: _seal, ...shown } = manifest;
  return { ...shown, ...facts, id };
}

export function totalBytes({ wire, reads, index, journal }: FileSizes): number {
  return wire + reads + index + journal;
}

function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** The numbers of `from` that `model` has, with the model's value where one is missing. */
function numbersLike<T extends { readonly [K in keyof T]: number }>(model: T, from: Fields): T {
  const entries = Object.entries(model).map(([key, fallback]) => {
    const value = from[key];
    return [key, typeof value === 'number' && Number.isFinite(value) ? value : fallback];
  });
  return Object.fromEntries(entries) as T;
}
