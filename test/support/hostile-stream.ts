/** Chat streams as they must not be: out of order, cut short, with values of the wrong shape. Seeded, so failures repeat. */
import type { ChatStep } from './chat-stream.ts';

const WRONG_VALUES: readonly unknown[] = [
  null,
  0,
  -1,
  1.5,
  1e308,
  '',
  'x',
  true,
  [],
  {},
  [[]],
  [null],
  [{}],
  { index: 1e12 },
  { constructor: 1, toString: 2, length: -1 },
];

type Random = () => number;

/** The steps in another order, some twice, some left out. */
export function shuffled(steps: readonly ChatStep[], random: Random): ChatStep[] {
  const mixed = steps.flatMap((step) => (random() < 0.1 ? [] : random() < 0.1 ? [step, step] : [step]));
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as ChatStep, mixed[at] as ChatStep];
  }
  return mixed;
}

/** The steps with data cut off, bytes changed, or JSON values replaced by others. */
export function corrupted(steps: readonly ChatStep[], random: Random): ChatStep[] {
  return steps.map((step) => {
    if (step.kind !== 'event') return step;
    return { kind: 'event', event: { ...step.event, data: corruptedText(step.event.data, random) } };
  });
}

/** Data cut off, with a character changed, or with one of its JSON values replaced. */
export function corruptedText(data: string, random: Random): string {
  const kind = random();
  if (kind < 0.3) return data;
  if (kind < 0.4) return data.slice(0, Math.floor(random() * data.length));
  if (kind < 0.5) {
    const at = Math.floor(random() * data.length);
    return data.slice(0, at) + String.fromCharCode(Math.floor(random() * 128)) + data.slice(at + 1);
  }
  try {
    return JSON.stringify(withWrongValue(JSON.parse(data), random));
  } catch {
    return data.repeat(2);
  }
}

/** The value with one part of it, at any depth, replaced. */
function withWrongValue(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random() < 0.15) {
    return WRONG_VALUES[Math.floor(random() * WRONG_VALUES.length)];
  }
  if (Array.isArray(value)) {
    const at = Math.floor(random() * value.length);
    return value.map((item, index) => (index === at ? withWrongValue(item, random) : (item as unknown)));
  }
  const keys = Object.keys(value);
  const chosen = keys[Math.floor(random() * keys.length)];
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === chosen ? withWrongValue(item, random) : item]),
  );
}
