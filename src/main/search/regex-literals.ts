/**
 * Texts that a regular expression cannot do without: whatever it matches has at least one of them in it. Read from its syntax tree;
 * where that says nothing for sure, there are none.
 */
import type { AST } from '@eslint-community/regexpp';

/** A choice of texts, at least one of which is in every match. */
export type Literals = readonly string[];

const MAX_CHOICES = 64;

/** null when nothing is certain. With the flag `i` the texts may stand in either case of their ASCII letters. */
export function regexLiterals({ pattern, flags }: AST.RegExpLiteral): Literals | null {
  const found = ofAlternatives(pattern.alternatives, flags);
  return found?.every(isWhole) ? found : null;
}

/** Half a character, and what stands for bytes that were none, are not found by their bytes. */
function isWhole(text: string): boolean {
  return text !== '' && !/[\ufffd\r\n]|\p{Surrogate}/u.test(text);
}

function ofAlternatives(alternatives: readonly AST.Alternative[], flags: AST.Flags): Literals | null {
  const all: string[] = [];
  for (const { elements } of alternatives) {
    const found = ofSequence(elements, flags);
    if (found === null || all.length + found.length > MAX_CHOICES) return null;
    all.push(...found);
  }
  return all;
}

function ofSequence(elements: readonly AST.Element[], flags: AST.Flags): Literals | null {
  let best: Literals | null = null;
  let run = '';
  const consider = (literals: Literals | null): void => {
    if (literals && shortest(literals) > (best ? shortest(best) : 0)) best = literals;
  };
  for (const element of elements) {
    // Nothing is between the texts on both sides of an assertion.
    if (element.type === 'Assertion') continue;
    const exact = exactText(element, flags);
    if (exact !== null) {
      run += exact;
      continue;
    }
    const repeated =
      element.type === 'Quantifier' && element.min > 0 ? exactText(element.element, flags) : null;
    if (repeated !== null) run += repeated;
    if (run !== '') consider([run]);
    // The last repetition stands in front of what follows.
    run = repeated ?? '';
    consider(ofElement(element, flags));
  }
  if (run !== '') consider([run]);
  return best;
}

function ofElement(element: AST.Element, flags: AST.Flags): Literals | null {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return ofAlternatives(element.alternatives, flags);
    case 'Quantifier':
      return element.min > 0 && element.element.type !== 'Assertion'
        ? ofElement(element.element, flags)
        : null;
    default: {
      const exact = exactText(element, flags);
      return exact === null ? null : [exact];
    }
  }
}

/** The one text that the element matches; null when there are several. */
function exactText(element: AST.Element, flags: AST.Flags): string | null {
  switch (element.type) {
    case 'Character':
      return exactCharacter(element.value, flags);
    case 'Group':
    case 'CapturingGroup': {
      const only = element.alternatives.length === 1 ? element.alternatives[0] : undefined;
      if (!only) return null;
      let text = '';
      for (const part of only.elements) {
        const exact = exactText(part, flags);
        if (exact === null) return null;
        text += exact;
      }
      return text;
    }
    default:
      return null;
  }
}

function exactCharacter(code: number, { ignoreCase, unicode }: AST.Flags): string | null {
  const char = String.fromCodePoint(code);
  if (char === '\n' || char === '\r') return null;
  if (!ignoreCase) return char;
  // Outside ASCII a letter can have a second case of another length; by full folding the long s is an s, and Kelvin a k.
  if (code > 0x7f) return char.toLowerCase() === char && char.toUpperCase() === char ? char : null;
  return unicode && /[ks]/i.test(char) ? null : char;
}

function shortest(literals: Literals): number {
  return Math.min(...literals.map(({ length }) => length));
}
