/**
 * A fault script as a plan:
 *
 *   seed: 7
 *   faults:
 *     - stall: 10s
 *       event: 20
 *
 * YAML of a few known keys. What is wrong is told with its line, all of it at once.
 */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { parseQuery } from '../filter/query.ts';
import { waitsForEvent, type Fault, type FaultPlace, type FaultPlan, type FaultWhen } from './fault.ts';
import { FAULT_WORDS, PLACED_KINDS, wordsOf, type ConditionKey, type FaultWords } from './fault-keys.ts';
import { known, readAction } from './read-action.ts';
import { problemAt, problemOf, ScriptFault, textOf, type FaultProblem } from './script-reader.ts';
import { durationMs, ranges, share, sizeBytes, wholeNumber } from './script-values.ts';

export type ParsedFaults =
  | { readonly ok: true; readonly plan: FaultPlan }
  | { readonly ok: false; readonly problems: readonly FaultProblem[] };

const MAX_FAULTS = 1000;
const MAX_SCRIPT_CHARS = 1024 * 1024;
const KINDS = FAULT_WORDS.map(({ kind }) => kind).join(', ');

export function parseFaults(text: string): ParsedFaults {
  const lines = new LineCounter();
  if (text.length > MAX_SCRIPT_CHARS)
    return { ok: false, problems: [problemAt(lines, 'The script is longer than 1 MB', 0, 0)] };
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message, pos }) =>
      problemAt(lines, `This is no YAML: ${message}`, pos[0], pos[1]),
    );
    return { ok: false, problems };
  }
  const problems: FaultProblem[] = [];
  const attempt = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ScriptFault)) throw error;
      problems.push(problemOf(lines, error));
      return otherwise;
    }
  };
  const top = document.contents;
  if (top === null || (isScalar(top) && top.value === null))
    return { ok: true, plan: { seed: 1, faults: [] } };
  const plan = attempt(() => readPlan(top, attempt), null);
  if (plan === null || problems.length > 0) return { ok: false, problems };
  return { ok: true, plan };
}

type Attempt = <T>(read: () => T, otherwise: T) => T;

function readPlan(top: unknown, attempt: Attempt): FaultPlan {
  if (!isMap(top)) throw new ScriptFault('A script begins with "faults:" and a list below it', top);
  attempt(() => known(top, 'A script', ['seed', 'faults']), undefined);
  const seed = top.get('seed', true);
  const list = top.get('faults', true);
  const number = seed === undefined ? 1 : attempt(() => wholeNumber(seed, 'seed', 0, 2 ** 32 - 1), 1);
  if (list === undefined || (isScalar(list) && list.value === null)) return { seed: number, faults: [] };
  if (!isSeq(list)) throw new ScriptFault('"faults" wants a list: each fault begins with a dash', list);
  if (list.items.length > MAX_FAULTS)
    throw new ScriptFault(`A script has at most ${MAX_FAULTS} faults`, list.items[MAX_FAULTS]);
  const faults = list.items.map((item) => attempt(() => readFault(item), null));
  return { seed: number, faults: faults.filter((fault) => fault !== null) };
}

function readFault(item: unknown): Fault {
  // "- reset" is short for "- reset:".
  if (isScalar(item) && typeof item.value === 'string') {
    const words = wordsOf(item.value);
    if (!words) throw new ScriptFault(`"${item.value}" is no fault. There are ${KINDS}`, item);
    return faultOf(words, null, null, item);
  }
  if (!isMap(item))
    throw new ScriptFault(`A fault is a name with its value, such as "stall: 10s". There are ${KINDS}`, item);
  const named = item.items.filter(({ key }) => wordsOf(textOf(key, 'A fault')) !== undefined);
  const [first, second] = named;
  if (!first) {
    const key = item.items[0]?.key;
    const name = key === undefined ? 'nothing' : `"${textOf(key, 'A fault')}"`;
    throw new ScriptFault(`${name} is no fault. There are ${KINDS}`, key ?? item);
  }
  if (second)
    throw new ScriptFault(
      `This is two faults in one: begin "${textOf(second.key, 'A fault')}" with a dash of its own`,
      second.key,
    );
  const words = wordsOf(textOf(first.key, 'A fault')) as FaultWords;
  return faultOf(words, first.value, item, first.key);
}

function faultOf(words: FaultWords, value: unknown, all: YAMLMap | null, at: unknown): Fault {
  const { kind, conditions, extra } = words;
  const hasPlace = PLACED_KINDS.has(kind);
  if (all) known(all, kind, [kind, ...extra, ...conditions, ...(hasPlace ? ['where'] : [])]);
  const action = readAction(kind, value, all);
  const when = readWhen(all, words);
  const hasPosition =
    waitsForEvent(when) || (hasPlace && (when.afterBytes !== null || when.afterMs !== null));
  if (words.needsEvent && !hasPosition)
    throw new ScriptFault(`${kind} wants to know where: add event, id, type, filter, every or chance`, at);
  const where = all?.get('where', true);
  return { action, when, place: where === undefined ? words.place : placeOf(where) };
}

function placeOf(node: unknown): FaultPlace {
  const text = textOf(node, 'where');
  if (text === 'before' || text === 'middle' || text === 'after') return text;
  throw new ScriptFault('where is before, middle or after (the event)', node);
}

function readWhen(all: YAMLMap | null, { conditions }: FaultWords): FaultWhen {
  const read = <T>(key: ConditionKey, reader: (node: unknown, what: string) => T): T | null => {
    const node = conditions.includes(key) ? all?.get(key, true) : undefined;
    return node === undefined ? null : reader(node, key);
  };
  return {
    events: read('event', ranges),
    id: read('id', textOf),
    type: read('type', textOf),
    filter: read('filter', filterOf),
    afterBytes: read('after-bytes', (node, what) => sizeBytes(node, what)),
    afterMs: read('after', (node, what) => durationMs(node, what, false)),
    every: read('every', (node, what) => wholeNumber(node, what, 1, 1_000_000)),
    attempts: read('attempt', ranges),
    chance: read('chance', share),
    times: read('times', (node, what) => wholeNumber(node, what, 1, 1_000_000)),
  };
}

function filterOf(node: unknown, what: string): NonNullable<FaultWhen['filter']> {
  const text = textOf(node, what);
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new ScriptFault(`filter: ${parsed.message}`, node);
  return { text, query: parsed.query };
}
