/** What every format of chat requests promises: it reads back what it wrote, and keeps what it has no word for. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type {
  ChatFormat,
  ChatRequest,
  Composition,
  Message,
  MessagePart,
} from '../../src/shared/compose/composition.ts';
import { rewriteJson } from '../../src/shared/compose/json-text.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const args = fc
  .tuple(word, fc.oneof(text, fc.integer(), fc.boolean()))
  .map(([name, value]) => JSON.stringify({ [name]: value }));

const part: fc.Arbitrary<MessagePart> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text }),
  fc.record({
    kind: fc.constant('image' as const),
    url: word.map((name) => `data:image/png;base64,${name}`),
  }),
  fc.record({ kind: fc.constant('call' as const), callId: word, name: word, arguments: args }),
  fc.record({ kind: fc.constant('result' as const), callId: word, name: fc.constant(''), text: word }),
);
const message: fc.Arbitrary<Message> = fc.record({
  role: fc.constantFrom('user', 'assistant', 'tool'),
  parts: fc.array(part, { minLength: 1, maxLength: 4 }),
});

export interface ChatFormatFixture {
  readonly url: string;
  /** A body with fields, parts and messages that the format does not know, in an unusual order. */
  readonly body: object;
}

export function chatFormatContract(format: ChatFormat, fixture: ChatFormatFixture): void {
  const { url } = fixture;
  const body = fixture.body as ChatRequest['body'];
  const composition: fc.Arbitrary<Composition> = fc
    .record({
      system: text,
      messages: fc.array(message, { maxLength: 5 }).map((messages) => named(format, format.shape(messages))),
      model: word,
      temperature: fc.option(fc.double({ min: 0, max: 2, noNaN: true }).map((value) => value + 0)),
      maxTokens: fc.option(fc.nat()),
      tools: fc.option(
        fc
          .array(fc.record({ name: word, description: word, parameters: fc.constant({ type: 'object' }) }), {
            minLength: 1,
            maxLength: 3,
          })
          .map((functions) => format.toolsOf(functions)),
      ),
      stream: fc.boolean(),
    })
    .map((value) => ({ ...value, temperature: value.temperature === 0 ? 0 : value.temperature }));

  it.each([
    ['an empty body', {}],
    ['a body that says something else', body],
  ])('reads back what it wrote into %s', (_, start) => {
    fc.assert(
      fc.property(composition, (wanted) => {
        expect(format.read(format.write({ url, body: start }, wanted))).toEqual(wanted);
      }),
      { numRuns: 300 },
    );
  });

  it('reads back what it wrote over any other composition, as text too', () => {
    fc.assert(
      fc.property(composition, composition, (first, second) => {
        const before = format.write({ url, body: {} }, first);
        const after = format.write(before, second);
        const rewritten = rewriteJson(JSON.stringify(before.body, null, 2), after.body);
        expect(format.read({ url: after.url, body: JSON.parse(rewritten) as ChatRequest['body'] })).toEqual(
          second,
        );
      }),
      { numRuns: 200 },
    );
  });

  it('changes nothing when nothing changed', () => {
    const request = { url, body };
    expect(format.write(request, format.read(request))).toEqual(request);
    expect(JSON.stringify(format.write(request, format.read(request)).body)).toBe(JSON.stringify(body));
  });

  it('reads any JSON without failing', () => {
    const names = Object.keys(body);
    const some = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 4 }));
    fc.assert(
      fc.property(some, (value) => {
        const request = { url, body: value };
        const read = format.read(request);
        expect(format.write(request, read)).toEqual(request);
        expect(format.shape(read.messages)).toEqual(format.shape(format.shape(read.messages)));
      }),
    );
  });

  it('takes functions over', () => {
    const functions = [
      { name: 'get_weather', description: 'The weather.', parameters: { type: 'object', properties: {} } },
      { name: 'now', description: '', parameters: { type: 'object', properties: {} } },
    ];
    expect(format.functionsOf(format.toolsOf(functions))).toEqual(functions);
    expect(format.functionsOf([null, 1, {}, { type: 'web_search' }])).toEqual([]);
  });
}

/** Results carry a name only where the format has a place for it. */
function named(format: ChatFormat, messages: readonly Message[]): readonly Message[] {
  if (format.id !== 'anthropic-messages') return messages;
  return messages.map(({ role, parts }) => ({
    role,
    parts: parts.map((one) => (one.kind === 'result' ? { ...one, name: '' } : one)),
  }));
}
