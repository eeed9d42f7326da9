/** What the rules of a tap say about one event of a response. Pure: counts are kept per response, times and sockets elsewhere. */
import { matches, PLAIN_EVENT, type EventFacts } from '../filter/matches.ts';
import type { ParsedFrame } from '../sse/types.ts';
import { replacer, type EventRule, type RuleBook } from './rule-book.ts';

export interface EventVerdict {
  readonly delayMs: number;
  readonly hold: boolean;
  readonly drop: boolean;
  /** Changes the frame's text; null: it stays. */
  readonly edit: ((text: string) => string) | null;
  /** The connection ends behind this event. */
  readonly cut: 'end' | 'reset' | null;
  /** Of what is done, in the words of the rules: "rule 2". Empty: nothing is. */
  readonly rules: readonly string[];
}

const UNTOUCHED: EventVerdict = { delayMs: 0, hold: false, drop: false, edit: null, cut: null, rules: [] };

export interface EventJudge {
  /** Events seen in this response. */
  readonly events: number;
  /** `atMs`: when it came, counted from the head of the response. */
  judge(frame: Readonly<ParsedFrame>, atMs: number): EventVerdict;
}

export function createEventJudge(rules: readonly EventRule[], book: Pick<RuleBook, 'mayAct'>): EventJudge {
  let events = 0;
  let lastAtMs: number | null = null;
  /** How many events each rule that cuts has let pass. */
  const passed = new Map<EventRule, number>();

  const judgeEvent = (frame: Readonly<ParsedFrame>, atMs: number): EventVerdict => {
    let verdict = UNTOUCHED;
    const facts = factsOf(frame, atMs, lastAtMs);
    lastAtMs = atMs;
    for (const [index, rule] of rules.entries()) {
      // What does not go on is not changed any more.
      if (verdict.drop) break;
      if (!matches(rule.query, facts)) continue;
      const { action } = rule;
      if (action.kind === 'cut') {
        const count = (passed.get(rule) ?? 0) + 1;
        passed.set(rule, count);
        if (count !== action.afterEvents) continue;
      }
      if (!book.mayAct(rule.rule)) continue;
      verdict = { ...applied(verdict, rule), rules: [...verdict.rules, ruleWords(rule, index)] };
    }
    return verdict;
  };

  return {
    get events() {
      return events;
    },
    judge(frame, atMs) {
      if (frame.kind !== 'event') return UNTOUCHED;
      events += 1;
      return judgeEvent(frame, atMs);
    },
  };
}

/** Times are those of the response: `time:` and `gap>` in a rule speak of it. */
function factsOf(frame: Readonly<ParsedFrame>, atMs: number, beforeMs: number | null): EventFacts {
  return {
    ...PLAIN_EVENT,
    type: frame.eventType ?? '',
    data: frame.data,
    id: frame.id,
    size: frame.length,
    atMs,
    gapMs: beforeMs === null ? null : atMs - beforeMs,
  };
}

function applied(verdict: EventVerdict, { action }: EventRule): EventVerdict {
  switch (action.kind) {
    case 'delay':
      return { ...verdict, delayMs: verdict.delayMs + action.delayMs };
    case 'hold':
      return { ...verdict, hold: true };
    case 'drop':
      return { ...verdict, drop: true };
    case 'cut':
      return { ...verdict, cut: action.how };
    case 'edit': {
      const before = verdict.edit;
      const edit = replacer(action.find, action.replace);
      return { ...verdict, edit: before ? (text) => edit(before(text)) : edit };
    }
  }
}

/** Such as "rule 2 (type:ping)". */
function ruleWords({ rule }: EventRule, index: number): string {
  const filter = rule.filter.trim();
  return filter === '' ? `rule ${index + 1}` : `rule ${index + 1} (${filter})`;
}
