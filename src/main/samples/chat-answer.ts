/** What the sample chat says: a text about streams in one of a few versions, or calls of the tools it was given. */
import type { ChatTool } from './chat-request.ts';

const TEXTS = [
  `Server-Sent Events are a long answer to one HTTP request. The server leaves the connection open and writes a block of lines whenever it has something to say; a blank line ends the block.

A block looks like this:

\`\`\`
id: 42
event: goal
data: {"homeScore": 1}
\`\`\`

Three things make them pleasant to work with:

1. **They are text.** You can read them with your own eyes.
2. **They come back.** When the connection breaks, the browser asks again, and says which event it saw last.
3. **They are plain HTTP.** Proxies, logins and compression go on working.

And one thing to look out for: whoever gathers the bytes on the way – a proxy, a compressor, a framework – makes a stream that stutters. The timeline shows it. 🔎`,
  `Think of a lighthouse. 💡 It does not wait to be asked; it sends, at its own pace, to whoever looks.

An event stream is the same: the client asks once, and the server sends, block by block, until one of them has had enough. Each block has a *type*, an *id* and some *data*. If the line goes dead the client calls again, gives the last id, and the server goes on from there – naïve, perhaps, but it works.

What you are reading arrived as a few hundred small blocks, each with a few letters. Click a word to see the one that brought it.`,
];

/** What the answer says to a question, for choice number `index`. */
export function answerText(question: string, index: number): string {
  const text = TEXTS[index % TEXTS.length] ?? '';
  const asked = question.replaceAll(/\s+/g, ' ').trim();
  if (asked === '') return text;
  return `You asked: “${[...asked].slice(0, 120).join('')}”\n\n${text}`;
}

/** Cuts a text into pieces such as models emit: short, and mostly with the space in front. Laid end to end they are the text. */
export function tokensOf(text: string): readonly string[] {
  return text.match(/\n+|[^\S\n]*[^\s]{1,7}|\s/gu) ?? [];
}

/** Arguments for a tool, made up so that they fit its schema in shape. */
export function argumentsFor(tool: ChatTool): string {
  return JSON.stringify(exampleOf(tool.parameters, 'value', 0));
}

const DEEPEST = 4;

function exampleOf(schema: unknown, name: string, depth: number): unknown {
  if (typeof schema !== 'object' || schema === null) return name;
  const { type, properties, items, enum: values } = schema as Record<string, unknown>;
  if (Array.isArray(values) && values.length > 0) return values[0] as unknown;
  switch (Array.isArray(type) ? (type as unknown[])[0] : type) {
    case 'string':
      return EXAMPLES.get(name.toLowerCase()) ?? `some ${name}`;
    case 'number':
      return 12.5;
    case 'integer':
      return 3;
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array':
      return depth >= DEEPEST ? [] : [exampleOf(items, name, depth + 1)];
    default:
      break;
  }
  if (typeof properties !== 'object' || properties === null || depth >= DEEPEST) return {};
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, exampleOf(value, key, depth + 1)]),
  );
}

const EXAMPLES = new Map([
  ['city', 'Göteborg'],
  ['location', 'Göteborg, Sweden'],
  ['country', 'Sweden'],
  ['query', 'how do event streams resume'],
  ['date', '2026-07-01'],
  ['url', 'https://example.org/tides'],
  ['email', 'harbour@example.org'],
]);
