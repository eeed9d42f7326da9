/** What a kind of check must offer: how its YAML is read, and what runs. One file a kind; `registry.ts` has the list. */
import type { Check } from './check.ts';
import type { SpecNode } from './spec-node.ts';

/** What a kind makes of its value; the rest of a check is the same for all kinds. */
export interface ReadCheck extends Pick<Check, 'start'> {
  /** What is asserted, in a sentence without its full stop. */
  readonly asserts: string;
  readonly needs?: Check['needs'];
  readonly hasRegex?: boolean;
}

export interface CheckKind {
  /** The key in the document. */
  readonly key: string;
  /** One line for completion, galleries and documents. */
  readonly means: string;
  /** A check that can be pasted. */
  readonly example: string;
  /** Throws a SpecFault. */
  read(value: SpecNode, context: ReadContext): ReadCheck;
}

export interface ReadContext {
  /** The text of a file that the document names; null when it is not there. Undefined: files cannot be read here. */
  readonly fileText?: ((path: string) => string | null) | undefined;
}
