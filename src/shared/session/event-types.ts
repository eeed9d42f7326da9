/**
 * Names of event types and their numbers. A hostile stream may invent a new name for every event, so the table is bounded:
 * names that do not fit share MAX_TYPE_NUMBER, and are read from the frame when somebody looks.
 */
import { MAX_TYPE_NUMBER } from './index-record.ts';

const MAX_NAME_CHARS = 256;
const MAX_TOTAL_CHARS = 1024 * 1024;

export interface EventTypes {
  /** Names by number. */
  readonly names: readonly string[];
  /** The number of `name`; a new name is added and handed to `onNew`. */
  numberOf(name: string): number;
  /** Takes over a name with its number, as the journal of a stored session tells it. */
  restore(number: number, name: string): void;
}

export function createEventTypes(onNew: (number: number, name: string) => void = () => {}): EventTypes {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  let totalChars = 0;
  // Streams repeat themselves: most events have the type of the event before.
  let lastName: string | null = null;
  let lastNumber = 0;

  function add(name: string): number {
    const full = names.length >= MAX_TYPE_NUMBER || totalChars + name.length > MAX_TOTAL_CHARS;
    if (full || name.length > MAX_NAME_CHARS) return MAX_TYPE_NUMBER;
    // The parser's strings are slices that keep the whole socket read alive; this copy does not.
    const own = JSON.parse(JSON.stringify(name)) as string;
    const number = names.length;
    names.push(own);
    numbers.set(own, number);
    totalChars += own.length;
    onNew(number, own);
    return number;
  }

  return {
    names,
    numberOf(name) {
      if (name === lastName) return lastNumber;
      const number = numbers.get(name) ?? add(name);
      if (number !== MAX_TYPE_NUMBER) {
        lastName = names[number] as string;
        lastNumber = number;
      }
      return number;
    },
    restore(number, name) {
      if (number !== names.length) return;
      names.push(name);
      numbers.set(name, number);
      totalChars += name.length;
    },
  };
}
