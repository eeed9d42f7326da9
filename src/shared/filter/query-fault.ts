/** A query that cannot be read: what is wrong, where, and what would be right. Thrown while parsing; `parseQuery` catches it. */
import type { Span } from './query.ts';

export class QueryFault extends Error {
  constructor(
    message: string,
    readonly span: Span,
  ) {
    super(message);
    this.name = 'QueryFault';
  }
}
