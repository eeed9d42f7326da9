/**
 * The draft of what a choice holds besides text and tool calls, with a small function for each kind so that dialects only
 * translate. Owns merging and limits; never reads a vendor's JSON. Every call costs time in the size of what is new.
 */
import type { SeqNo } from '../base/clock.ts';
import type { DialectEvent } from './dialect.ts';
import type {
  AudioPart,
  Citation,
  ImagePart,
  OtherPart,
  ReasoningDetail,
  TokenAlternative,
} from './parts.ts';
import type { TextDraft } from './tool-calls.ts';

/** Base64 of sound that is kept for one choice: about 48 MB, or 17 minutes of 24 kHz PCM. More is counted only. */
export const MAX_AUDIO_CHARS = 64 * 1024 * 1024;
/** Citations, parts and details of one kind kept for one choice; a broken stream must not fill the memory. */
export const MAX_PARTS = 10_000;

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface LogprobsDraft {
  readonly tokens: string[];
  readonly logprobs: number[];
  readonly alternatives: (readonly TokenAlternative[])[];
  readonly seqs: SeqNo[];
}

/** What an event says about an image; what it does not say stays as it is. */
export type ImageNews = Partial<Pick<ImagePart, 'data' | 'url' | 'format' | 'prompt' | 'isComplete'>>;

/** What an event says about a piece of reasoning: `text` is appended, the rest is set. */
export interface DetailNews {
  readonly kind: string;
  readonly text?: string;
  readonly signature?: string;
  readonly data?: string;
}

/** What an event says about the sound: fragments and transcript are appended, the rest is set where it is not empty. */
export interface AudioNews {
  readonly id?: string;
  readonly format?: string;
  /** Base64 that can be decoded by itself. */
  readonly data?: string;
  readonly transcript?: string;
}

export type CitationNews = Partial<Omit<Citation, 'value' | 'seq'>> & { readonly value: unknown };

export interface RichParts {
  readonly citations: readonly Citation[];
  readonly contentLogprobs: LogprobsDraft;
  readonly refusalLogprobs: LogprobsDraft;
  readonly audio: AudioPart | null;
  readonly images: readonly ImagePart[];
  readonly details: readonly ReasoningDetail[];
  readonly others: readonly OtherPart[];
  /** Returns the citation, so that its end can be set when it is known; null when the limit is reached. */
  cite(news: CitationNews, event: DialectEvent): Mutable<Citation> | null;
  /** Of providers that send a whole list each time (`citations` at the top): it takes the place of the list before. */
  citeAll(all: readonly CitationNews[], event: DialectEvent): void;
  logprob(
    slot: 'content' | 'refusal',
    token: string,
    logprob: number,
    alternatives: readonly TokenAlternative[],
    event: DialectEvent,
  ): void;
  hear(news: AudioNews, event: DialectEvent): void;
  /** Events with the same key are versions of one image. */
  see(key: string, news: ImageNews, event: DialectEvent): void;
  /** Events with the same key are pieces of one detail. */
  detail(key: string, news: DetailNews, event: DialectEvent): void;
  keep(type: string, value: unknown, event: DialectEvent): void;
}

const emptyText = (): TextDraft => ({ pieces: [], seqs: [] });
const emptyLogprobs = (): LogprobsDraft => ({ tokens: [], logprobs: [], alternatives: [], seqs: [] });

/** `noteDelta` is told of what the user hears or sees of the answer, for the timing. */
export function createRichParts(noteDelta: (event: DialectEvent) => void): RichParts {
  const contentLogprobs = emptyLogprobs();
  const refusalLogprobs = emptyLogprobs();
  /** Those that came in a list which is sent again and again, and those that came one by one. */
  let listed: Citation[] = [];
  const citations: Citation[] = [];
  const images = new Map<string, Mutable<ImagePart> & { seqs: SeqNo[] }>();
  const details = new Map<string, Mutable<ReasoningDetail> & { text: TextDraft; seqs: SeqNo[] }>();
  const others: OtherPart[] = [];
  let audio: (Mutable<AudioPart> & { data: TextDraft; transcript: TextDraft }) | null = null;
  let audioChars = 0;

  return {
    get citations() {
      return listed.length === 0 ? citations : [...listed, ...citations];
    },
    contentLogprobs,
    refusalLogprobs,
    get audio() {
      return audio;
    },
    get images() {
      return [...images.values()];
    },
    get details() {
      return [...details.values()];
    },
    others,
    cite(news, event) {
      if (citations.length >= MAX_PARTS) return null;
      const citation = citationOf(news, event.seq);
      citations.push(citation);
      return citation;
    },
    citeAll(all, event) {
      listed = all.slice(0, MAX_PARTS).map((news, at) => citationOf(news, listed[at]?.seq ?? event.seq));
    },
    logprob(slot, token, logprob, alternatives, { seq }) {
      const draft = slot === 'content' ? contentLogprobs : refusalLogprobs;
      draft.tokens.push(token);
      draft.logprobs.push(logprob);
      draft.alternatives.push(alternatives);
      draft.seqs.push(seq);
    },
    hear(news, event) {
      const { seq } = event;
      audio ??= {
        id: null,
        format: null,
        data: emptyText(),
        transcript: emptyText(),
        byteLength: 0,
        droppedBytes: 0,
        seq,
      };
      if (news.id) audio.id = news.id;
      if (news.format) audio.format = news.format;
      if (news.transcript) {
        audio.transcript.pieces.push(news.transcript);
        audio.transcript.seqs.push(seq);
      }
      if (news.data) {
        const bytes = base64Length(news.data);
        audio.byteLength += bytes;
        if (audioChars + news.data.length <= MAX_AUDIO_CHARS) {
          audioChars += news.data.length;
          audio.data.pieces.push(news.data);
          audio.data.seqs.push(seq);
        } else audio.droppedBytes += bytes;
      }
      if (news.data || news.transcript) noteDelta(event);
    },
    see(key, news, event) {
      let image = images.get(key);
      if (!image) {
        if (images.size >= MAX_PARTS) return;
        const blank = { data: '', url: '', format: null, prompt: '', isComplete: false };
        images.set(key, (image = { key, ...blank, seqs: [] }));
      }
      Object.assign(image, news);
      if (!news.data && !news.url) return;
      image.seqs.push(event.seq);
      noteDelta(event);
    },
    detail(key, news, event) {
      let detail = details.get(key);
      if (!detail) {
        if (details.size >= MAX_PARTS) return;
        detail = { key, kind: news.kind, text: emptyText(), signature: null, data: null, seqs: [] };
        details.set(key, detail);
      }
      if (news.kind !== '') detail.kind = news.kind;
      if (news.text) {
        detail.text.pieces.push(news.text);
        detail.text.seqs.push(event.seq);
      }
      if (news.signature) detail.signature = news.signature;
      if (news.data) detail.data = news.data;
      detail.seqs.push(event.seq);
    },
    keep(type, value, { seq }) {
      if (others.length < MAX_PARTS) others.push({ type, value, seq });
    },
  };
}

function citationOf(news: CitationNews, seq: SeqNo): Citation {
  const { kind = 'citation', title = '', url = '', text = '', start = null, end = null, value } = news;
  return { kind, title, url, text, start, end, value, seq };
}

/** Bytes that a text in base64 stands for. */
export function base64Length(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return Math.max(0, Math.floor((base64.length * 3) / 4) - padding);
}
