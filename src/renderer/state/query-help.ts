/** The query language in a few lines, for whoever asks in the window. */
import { QUERY_KEYS, keyFacts, type QueryKey } from '../../shared/filter/query-keys.ts';

export const QUERY_HELP: readonly { readonly code: string; readonly means: string }[] = [
  {
    code: 'word "two words"',
    means: 'in the data, letters A to Z in either case; side by side, both have to be there',
  },
  ...(Object.keys(QUERY_KEYS) as readonly QueryKey[]).map((key) => {
    const { example, means } = keyFacts(key);
    return { code: example, means };
  }),
  { code: '= != < <= > >= ~', means: 'comparisons; ~ is “contains”, or /a regular expression/i' },
  { code: 'a or b', means: 'one of them; and binds stronger, and may be left out' },
  { code: '-type:ping  not (a b)', means: 'everything else; brackets group' },
];

export const QUERY_HELP_FOOT =
  'Ctrl+Space offers what fits at the caret. In quotes everything is searched for as it stands. All of it: docs/query-language.md.';
