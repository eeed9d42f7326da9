/** Wire bytes as they must not be: cut anywhere, events in another order, JSON with values and keys that nobody expects. Seeded. */

type Random = () => number;

const DEPTH = 6000;
const DEEP = '['.repeat(DEPTH) + ']'.repeat(DEPTH);
const DEEP_OBJECT = '{"a":'.repeat(DEPTH) + '1' + '}'.repeat(DEPTH);
const NUMBERS = [1e9, -1, 4294967295, 9007199254740991, 1e300, 0.5, -0];
/** As JSON text, for some have no other form. */
const VALUES = [
  ...NUMBERS.map(String),
  'null',
  'true',
  '""',
  '"x"',
  '[]',
  '{}',
  '[null,[],{},"",0]',
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
  '{"length":4294967295,"toString":1,"then":{}}',
  '"\\ud800"',
  DEEP,
  DEEP_OBJECT,
];
const KEYS = ['__proto__', 'constructor', 'index', 'type', 'id', 'delta', 'toString', ''];

/** One way of breaking a stream, at random. */
export function hostileBytes(bytes: Uint8Array<ArrayBuffer>, random: Random): Uint8Array<ArrayBuffer> {
  const way = random();
  if (way < 0.2) return bytes.slice(0, Math.floor(random() * (bytes.length + 1)));
  if (way < 0.3) return bytes.map((byte) => (random() < 0.005 ? Math.floor(random() * 256) : byte));
  const blocks = latin(bytes).split(/(?<=\n\r?\n)/);
  if (way < 0.5) return bytesOf(mixed(blocks, random));
  const share = random() < 0.5 ? 0.2 : 0.9;
  return bytesOf(blocks.map((block) => (random() < share ? broken(block, random) : block)));
}

/** A byte a character, so that whatever the bytes are they come back. */
function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

function bytesOf(parts: readonly string[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(parts.join(''), 'latin1'));
}

function mixed(blocks: readonly string[], random: Random): string[] {
  return blocks
    .flatMap((block) => (random() < 0.1 ? [] : random() < 0.2 ? [block, block] : [block]))
    .map((block) => ({ block, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ block }) => block);
}

/** Changes one or a few places of the JSON in a block: a value, an index, a key. */
function broken(block: string, random: Random): string {
  let text = block;
  for (let left = 1 + Math.floor(random() * 3); left > 0; left -= 1) {
    const way = random();
    if (way < 0.25)
      text = replaced(text, /(?<="\w*index\w*": ?)-?\d+/g, () => String(one(NUMBERS, random)), random);
    else if (way < 0.75) {
      const value = /(?<=": ?)(?:"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|null|true|false|\[\]|\{\})/g;
      text = replaced(text, value, () => one(VALUES, random), random);
    } else if (way < 0.9) text = replaced(text, /"\w+"(?=: ?)/g, () => `"${one(KEYS, random)}"`, random);
    else text = replaced(text, /[{[\]},:"]/g, () => one(['', '{', '}', '[', '"'], random), random);
  }
  return text;
}

function replaced(text: string, pattern: RegExp, by: () => string, random: Random): string {
  const found = [...text.matchAll(pattern)];
  const match = found[Math.floor(random() * found.length)];
  return match ? text.slice(0, match.index) + by() + text.slice(match.index + match[0].length) : text;
}

function one<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)] as T;
}
