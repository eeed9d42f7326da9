/**
 * Which parts of texts a query looks for. Words are found here; for regular expressions main is asked, where one that takes for
 * ever does no harm, and the answer is kept.
 */
import { highlightRanges, type TextRange } from '../../shared/filter/highlight.ts';
import { hasRegex, parseQuery } from '../../shared/filter/query.ts';
import type { Client } from '../../shared/ipc/contract.ts';

export interface TextRanges {
  /** Of the query in force. What is not known yet comes with the next version. */
  rangesOf(text: string): readonly TextRange[];
  setQuery(text: string): void;
  /** Rises whenever what it says may be another. Reactive. */
  readonly version: number;
}

const NONE: readonly TextRange[] = [];
const MAX_KEPT = 2000;
const MAX_ASKED = 500;
/** Longer texts are not marked: nobody sees all of one. */
const MAX_CHARS = 100_000;

export function createTextRanges(client: Client): TextRanges {
  let query = $state('');
  let version = $state(0);
  const parsed = $derived(parseQuery(query));
  const asksMain = $derived(parsed.ok && hasRegex(parsed.query));
  const known = new Map<string, readonly TextRange[]>();
  let wanted: string[] = [];

  async function ask(): Promise<void> {
    const asked = query;
    const texts = wanted.slice(-MAX_ASKED);
    wanted = [];
    try {
      const ranges = await client.call('search:ranges', { query: asked, texts });
      if (asked !== query) return;
      if (known.size > MAX_KEPT) known.clear();
      texts.forEach((text, at) => known.set(text, ranges[at] ?? NONE));
      version += 1;
    } catch {
      // It takes too long: the search itself says so, and nothing is marked.
    }
  }

  return {
    rangesOf(text) {
      if (!parsed.ok || query.trim() === '' || text.length > MAX_CHARS) return NONE;
      if (!asksMain) return highlightRanges(parsed.query, text);
      const ranges = known.get(text);
      if (ranges) return ranges;
      known.set(text, NONE);
      wanted.push(text);
      if (wanted.length === 1) queueMicrotask(() => void ask());
      return NONE;
    },
    get version() {
      return version;
    },
    setQuery(next) {
      if (next === query) return;
      query = next;
      version += 1;
      known.clear();
      wanted = [];
    },
  };
}
