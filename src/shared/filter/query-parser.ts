/**
 * Tokens of a query put together to a tree. By rising strength: `or`; `and`, which may be left out; `not` and `-`; brackets.
 * Throws `QueryFault`.
 */
import type { Query } from './query.ts';
import { QueryFault } from './query-fault.ts';
import { termOf } from './query-terms.ts';
import type { QueryToken } from './query-tokens.ts';

/** Brackets in brackets: more than anybody means, and less than the stack holds. */
const MAX_DEPTH = 200;

/** `end` is the length of the text: where something is missing when it ends too early. */
export function parseTokens(tokens: readonly QueryToken[], end: number): Query {
  let at = 0;
  let depth = 0;

  function readAny(): Query {
    const parts = [readAll()];
    for (let or = tokens[at]; or?.kind === 'or'; or = tokens[at]) {
      if (isEmpty(parts.at(-1)))
        throw new QueryFault(
          'Something has to stand on the left of "or". Put the word in quotes to search for it.',
          or,
        );
      at += 1;
      const part = readAll();
      if (isEmpty(part))
        throw new QueryFault('Something has to follow "or". Put the word in quotes to search for it.', or);
      parts.push(part);
    }
    return parts.length === 1 ? (parts[0] as Query) : { op: 'any', parts, span: spanOf(parts) };
  }

  function readAll(): Query {
    const parts: Query[] = [];
    for (let token = tokens[at]; token && token.kind !== 'or' && token.kind !== 'close'; token = tokens[at]) {
      if (token.kind === 'and') {
        at += 1;
        const next = tokens[at];
        if (parts.length === 0 || !next || ['and', 'or', 'close'].includes(next.kind))
          throw new QueryFault(
            '"and" wants something on both sides. Put the word in quotes to search for it.',
            token,
          );
      }
      parts.push(readOne());
    }
    if (parts.length === 1) return parts[0] as Query;
    return parts.length === 0 ? { op: 'all', parts } : { op: 'all', parts, span: spanOf(parts) };
  }

  function readOne(): Query {
    const token = tokens[at] as QueryToken;
    at += 1;
    switch (token.kind) {
      case 'not':
      case 'minus': {
        const next = tokens[at];
        if (!next || ['and', 'or', 'close'].includes(next.kind))
          throw new QueryFault(
            'Something has to follow "not". Put the word in quotes to search for it.',
            token,
          );
        const part = deeper(token, readOne);
        return { op: 'not', part, span: { from: token.from, to: part.span?.to ?? next.to } };
      }
      case 'open':
        return deeper(token, () => readGroup(token));
      case 'word':
      case 'term':
        return termOf(token);
      default:
        throw new QueryFault(`"${token.kind}" stands where a term is expected`, token);
    }
  }

  function readGroup(open: QueryToken): Query {
    const inside = readAny();
    const close = tokens[at];
    if (close?.kind !== 'close')
      throw new QueryFault('This bracket is never closed. Add a ), or put the text in quotes.', open);
    at += 1;
    if (isEmpty(inside))
      throw new QueryFault('There is nothing between these brackets', { from: open.from, to: close.to });
    return { ...inside, span: { from: open.from, to: close.to } };
  }

  function deeper<T>(token: QueryToken, read: () => T): T {
    depth += 1;
    if (depth > MAX_DEPTH) throw new QueryFault('There are too many brackets in each other', token);
    const result = read();
    depth -= 1;
    return result;
  }

  const query = readAny();
  const left = tokens[at];
  if (left) throw new QueryFault('This bracket closes nothing. Remove it, or put the text in quotes.', left);
  return query.op === 'all' ? query : { op: 'all', parts: [query], span: { from: 0, to: end } };
}

function isEmpty(query: Query | undefined): boolean {
  return query?.op === 'all' && query.parts.length === 0;
}

function spanOf(parts: readonly Query[]): { readonly from: number; readonly to: number } {
  return { from: parts[0]?.span?.from ?? 0, to: parts.at(-1)?.span?.to ?? 0 };
}
