/** The rules of a tap that runs: which of them a request meets, and how often each may still act. */
import { parseQuery, type Query } from '../filter/query.ts';
import { matchesPath, type TapAction, type TapRule } from './tap-rule.ts';

/** A rule that acts on events, ready to be asked. */
export interface EventRule {
  readonly rule: TapRule;
  readonly action: Exclude<TapAction, { readonly kind: 'answer' }>;
  readonly query: Query;
}

export interface RuleBook {
  /** Rules that act on events of a request with this path. */
  forEvents(path: string): readonly EventRule[];
  /** The first rule that answers a request with this path, which counts as acting; null when none does. */
  answer(path: string): Extract<TapAction, { readonly kind: 'answer' }> | null;
  /** Whether it may act once more; counts when it does. */
  mayAct(rule: TapRule): boolean;
  /** Other rules from now on; those that stay as they are go on counting. */
  change(rules: readonly TapRule[]): void;
}

/** Why a rule cannot be used; null when it can. */
export function ruleProblem(rule: TapRule): string | null {
  const query = parseQuery(rule.filter);
  if (!query.ok && rule.action.kind !== 'answer') return query.message;
  if (rule.action.kind === 'edit') {
    if (rule.action.find === '') return 'Say what is to be found in the event.';
    try {
      replacer(rule.action.find, rule.action.replace);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
  return null;
}

export function createRuleBook(first: readonly TapRule[]): RuleBook {
  let rules = first;
  const acted = new Map<string, number>();
  const usable = (path: string) => rules.filter((rule) => rule.enabled && matchesPath(rule, path));
  const mayAct = (rule: TapRule): boolean => {
    const count = acted.get(rule.id) ?? 0;
    if (rule.times > 0 && count >= rule.times) return false;
    acted.set(rule.id, count + 1);
    return true;
  };

  return {
    mayAct,
    forEvents: (path) =>
      usable(path).flatMap((rule): EventRule[] => {
        const { action } = rule;
        if (action.kind === 'answer' || ruleProblem(rule) !== null) return [];
        const parsed = parseQuery(rule.filter);
        return parsed.ok ? [{ rule, action, query: parsed.query }] : [];
      }),
    answer(path) {
      for (const rule of usable(path)) if (rule.action.kind === 'answer' && mayAct(rule)) return rule.action;
      return null;
    },
    change(next) {
      for (const rule of rules) {
        const kept = next.find(({ id }) => id === rule.id);
        if (!kept || JSON.stringify(kept) !== JSON.stringify(rule)) acted.delete(rule.id);
      }
      rules = next;
    },
  };
}

/** Replaces every place of a text, or of a /regular expression/flags. Throws on one that cannot be read. */
export function replacer(find: string, replace: string): (text: string) => string {
  const match = /^\/(.+)\/([imsu]*)$/s.exec(find);
  if (!match) return (text) => text.split(find).join(replace);
  const regex = new RegExp(match[1] as string, `${match[2] ?? ''}g`);
  return (text) => text.replace(regex, replace);
}
