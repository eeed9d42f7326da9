/**
 * A regular expression for the data of events, made into one for the bytes of frames as they lie in the file, a character a
 * byte. It finds a place in every frame whose data the original matches, and maybe in others: what it finds is looked at again.
 *
 * It holds because a line of data stands in its frame as it is. So whatever can match a line end is kept from it, assertions are
 * dropped (which lets more through), and two things are said for the caller to mind:
 * - `oneLine`: the original could match over a line end; only for frames with one line of data
 * - `ascii`: the original could match characters that are several bytes; only for frames without them
 */
import type { AST } from '@eslint-community/regexpp';

export interface DirectRegex {
  readonly source: string;
  readonly ignoreCase: boolean;
  readonly unicode: boolean;
  readonly oneLine: boolean;
  readonly ascii: boolean;
}

const LAST_ASCII = 0x7f;

/** null when there is no such expression, or it would find every frame. */
export function directRegex({ pattern, flags }: AST.RegExpLiteral): DirectRegex | null {
  const { ignoreCase, unicode } = flags;
  // Together they fold letters over the border of ASCII, which makes classes hard to reason about.
  if (ignoreCase && unicode) return null;
  if (pattern.alternatives.some((one) => leastLength(one.elements) === 0)) return null;
  let oneLine = false;
  let ascii = false;
  let possible = true;

  function top({ elements }: AST.Alternative): string {
    const first = elements[0];
    const last = elements.at(-1);
    const atStart = first?.type === 'Assertion' && first.kind === 'start';
    const atEnd = last?.type === 'Assertion' && last.kind === 'end';
    // The text begins behind the name of a field, and ends at the end of a line.
    return `${atStart ? 'data: ?' : ''}${elements.map(element).join('')}${atEnd ? '(?=[\\r\\n])' : ''}`;
  }

  /** For what cannot be carried over. */
  function giveUp(): string {
    possible = false;
    return '';
  }

  function alternatives(list: readonly AST.Alternative[]): string {
    return list.map(({ elements }) => elements.map(element).join('')).join('|');
  }

  function element(node: AST.Element): string {
    switch (node.type) {
      case 'Assertion':
        return '(?:)';
      case 'Character':
        return character(node);
      case 'CharacterSet':
        return characterSet(node);
      case 'CharacterClass':
        return characterClass(node);
      case 'Group':
        return node.modifiers ? giveUp() : `(?:${alternatives(node.alternatives)})`;
      case 'CapturingGroup':
        return `(?:${alternatives(node.alternatives)})`;
      case 'Quantifier':
        return `(?:${element(node.element)})${node.raw.slice(node.element.raw.length)}`;
      default:
        return giveUp();
    }
  }

  function character({ value, raw }: AST.Character): string {
    if (value > LAST_ASCII) ascii = true;
    if (!isLineEnd(value)) return raw;
    oneLine = true;
    return '[]';
  }

  function characterSet(node: AST.CharacterSet): string {
    const { lineEnd, beyond } = reach(node, flags.dotAll);
    ascii ||= beyond;
    if (!lineEnd) return node.raw;
    oneLine = true;
    switch (node.kind) {
      case 'any':
        return '[^\\r\\n]';
      case 'space':
        return '[^\\S\\r\\n]';
      default:
        return `(?:(?![\\r\\n])${node.raw})`;
    }
  }

  function characterClass(node: AST.CharacterClass): string {
    if (node.unicodeSets) return giveUp();
    const inside = node.elements
      .map((one) => (one.type === 'Character' && one.raw === '-' ? '\\-' : one.raw))
      .join('');
    if (node.negate) {
      ascii = oneLine = true;
      return `[^\\r\\n${inside}]`;
    }
    const reaches = node.elements.map((one) => reach(one as ClassPart, false));
    ascii ||= reaches.some(({ beyond }) => beyond);
    if (!reaches.some(({ lineEnd }) => lineEnd)) return node.raw;
    oneLine = true;
    return `(?:(?![\\r\\n])${node.raw})`;
  }

  const source = pattern.alternatives.map(top).join('|');
  return possible ? { source, ignoreCase, unicode, oneLine, ascii } : null;
}

type ClassPart = AST.CharacterSet | AST.Character | AST.CharacterClassRange;

/** Whether it can match a line end, and characters outside ASCII. */
function reach(node: ClassPart, dotAll: boolean): { readonly lineEnd: boolean; readonly beyond: boolean } {
  switch (node.type) {
    case 'Character':
      return { lineEnd: isLineEnd(node.value), beyond: node.value > LAST_ASCII };
    case 'CharacterClassRange': {
      const { min, max } = node;
      const lineEnd = min.value <= 0x0d && max.value >= 0x0a;
      return { lineEnd, beyond: max.value > LAST_ASCII };
    }
    default:
      break;
  }
  switch (node.kind) {
    case 'any':
      return { lineEnd: dotAll, beyond: true };
    case 'digit':
    case 'word':
      return { lineEnd: node.negate, beyond: node.negate };
    case 'space':
      return { lineEnd: !node.negate, beyond: true };
    default:
      return { lineEnd: true, beyond: true };
  }
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

/** Characters that a match has at least; 0 also where that is not known. */
function leastLength(elements: readonly AST.Element[]): number {
  return elements.reduce((sum, node) => sum + leastOf(node), 0);
}

function leastOf(node: AST.Element): number {
  switch (node.type) {
    case 'Character':
    case 'CharacterClass':
    case 'CharacterSet':
      return 1;
    case 'Group':
    case 'CapturingGroup':
      return Math.min(...node.alternatives.map(({ elements }) => leastLength(elements)));
    case 'Quantifier':
      return node.min === 0 ? 0 : leastOf(node.element);
    default:
      return 0;
  }
}
