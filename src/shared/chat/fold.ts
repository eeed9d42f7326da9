/**
 * Events in, completions out: the same code for a live window, an export and the command line. Owns the list of answers in one
 * stream of events (reconnects included) and who reads each; never knows what a dialect's JSON means. Parses each data once.
 * Deterministic: folding n events and then m gives the same as folding n + m, however often it is looked at in between.
 */
import type { MonotonicMs, SeqNo } from '../base/clock.ts';
import type { Completion } from './completion.ts';
import type { DialectEvent } from './dialect.ts';
import { createDialects, matchDialect, type AnyDialect } from './registry.ts';

/** An event as the log has it. */
export interface FoldEvent {
  readonly type: string;
  readonly data: string;
  readonly seq: SeqNo;
  readonly atMs: MonotonicMs;
  /** The connection attempt that brought it, where known. */
  readonly attempt?: number;
}

/** Bytes of a frame that dispatched no event, as text. */
export type UnframedText = Omit<FoldEvent, 'type' | 'data'> & { readonly text: string };

export interface CompletionFold {
  push(event: FoldEvent): void;
  /**
   * A frame without an event: some servers put an error there, as bare JSON or in a field named `error`. Anything else in it
   * is passed over.
   */
  pushUnframed(frame: UnframedText): void;
  /** The stream is over: answers without an end are complete or truncated. Pushing again takes that back. */
  end(): void;
  /** All answers so far, in order. Cheap enough to call once a frame: texts are shared, not copied. */
  view(): readonly Completion[];
  /** Grows with everything that may change the view. */
  readonly revision: number;
}

/** Below this a dialect takes the event into an answer that is open, but does not open one for it. */
const ENOUGH = 5;

/** From here on a dialect may take an event away from another one that does not claim it. */
const SURE = 50;

/** Entries with unframed lines that are remembered of one answer. */
const MAX_UNFRAMED = 100;

/** A line that is neither a field of the standard nor a comment nor empty. */
const NO_FIELD = /^(?!(?:data|event|id|retry)(?::|$)|:)[^\r\n]*\S/m;

interface Answer {
  readonly dialect: AnyDialect;
  state: unknown;
  /** Entries with lines outside of any event. */
  readonly unframed: SeqNo[];
  /** The final view of an answer that another one has followed. */
  closed: Completion | null;
}

export function createFold(dialects: readonly AnyDialect[] = createDialects().all()): CompletionFold {
  const answers: Answer[] = [];
  let ended = false;
  let revision = 0;

  const open = (event: DialectEvent): void => {
    const match = matchDialect(dialects, event);
    if (!match || match.score < ENOUGH) return;
    const current = answers.at(-1);
    if (current) current.closed = viewOf(current, true);
    answers.push({ dialect: match.dialect, state: match.dialect.start(event), unframed: [], closed: null });
  };
  const belongsElsewhere = (current: Answer, event: DialectEvent): boolean => {
    if (typeof event.json !== 'object' || current.dialect.score(event) > 0) return false;
    return (matchDialect(dialects, event)?.score ?? 0) >= SURE;
  };
  const take = (event: DialectEvent): void => {
    revision += 1;
    ended = false;
    const current = answers.at(-1);
    if (!current || belongsElsewhere(current, event)) return open(event);
    const next = current.dialect.step(current.state, event);
    if (next === 'next') open(event);
    else current.state = next;
  };

  return {
    push: (event) => take({ ...event, attempt: event.attempt ?? 0, json: parsed(event.data) }),
    pushUnframed({ text, seq, atMs, attempt = 0 }) {
      const data = errorText(text);
      const current = answers.at(-1);
      if (current && NO_FIELD.test(text) && current.unframed.length < MAX_UNFRAMED) {
        current.unframed.push(seq);
        revision += 1;
      }
      if (data === null) return;
      const json = parsed(data);
      if (typeof json !== 'object' || json === null) return;
      take({ type: 'error', data, json, seq, atMs, attempt });
    },
    end() {
      if (ended) return;
      ended = true;
      revision += 1;
    },
    view: () => answers.map((answer) => answer.closed ?? viewOf(answer, ended)),
    get revision() {
      return revision;
    },
  };
}

function viewOf({ dialect, state, unframed }: Answer, streamEnded: boolean): Completion {
  const view = dialect.view(state, streamEnded);
  return unframed.length === 0 ? view : { ...view, unframedSeqs: unframed };
}

/** The JSON value of a text; undefined when it is none. Texts that cannot be JSON are not tried: a failed parse is slow. */
function parsed(data: string): unknown {
  const start = data.trimStart().charAt(0);
  if (start === '' || !'{["-0123456789tfn'.includes(start)) return undefined;
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return undefined;
  }
}

/** The JSON inside an unframed text that mentions an error: `error: {…}` (llama.cpp), or the whole text. */
function errorText(text: string): string | null {
  const field = /^error:[ \t]*(\{.*)$/m.exec(text);
  if (field) return field[1] as string;
  const whole = text.trim();
  return whole.startsWith('{') && whole.includes('"error"') ? whole : null;
}
