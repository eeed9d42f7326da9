/** Messages brought into the order and the roles that a format demands, for a conversation that came from another one. Pure. */
import type { Message, MessagePart } from './composition.ts';

type Call = Extract<MessagePart, { kind: 'call' }>;
type Result = Extract<MessagePart, { kind: 'result' }>;

const isCall = (part: MessagePart): part is Call => part.kind === 'call';
const isResult = (part: MessagePart): part is Result => part.kind === 'result';
const isContent = (part: MessagePart): boolean => part.kind === 'text' || part.kind === 'image';

/** OpenAI's way: each result is a message of its own. In Responses each call is one, too. */
export function shapeSeparate(messages: readonly Message[], callsApart: boolean): readonly Message[] {
  return messages.flatMap(({ role, parts }): Message[] => {
    const results = parts.filter(isResult).map((part): Message => ({ role: 'tool', parts: [part] }));
    const content = parts.filter(isContent);
    const calls = parts.filter(isCall);
    const said = ['assistant', 'system', 'developer'].includes(role) ? role : 'user';
    if (!callsApart) {
      const rest = [...content, ...calls];
      return rest.length > 0
        ? [...results, { role: calls.length > 0 ? 'assistant' : said, parts: rest }]
        : results;
    }
    const own = content.length > 0 ? [{ role: said, parts: content }] : [];
    return [...results, ...own, ...calls.map((part): Message => ({ role: 'assistant', parts: [part] }))];
  });
}

/** Anthropic's and Google's way: two roles, and the results of one turn in one message, each with the name of its tool. */
export function shapeTurns(messages: readonly Message[]): readonly Message[] {
  const names = new Map<string, string>();
  const turns: Message[] = [];
  let open = false;
  for (const { role, parts } of messages) {
    for (const part of parts) if (isCall(part)) names.set(part.callId, part.name);
    const kept = parts
      .filter((part) => part.kind !== 'other')
      .map((part) =>
        isResult(part) && part.name === '' ? { ...part, name: names.get(part.callId) ?? '' } : part,
      );
    if (kept.length === 0) continue;
    const results = kept.every(isResult);
    const last = turns.at(-1);
    if (results && open && last) turns[turns.length - 1] = { ...last, parts: [...last.parts, ...kept] };
    else turns.push({ role: role === 'assistant' ? 'assistant' : 'user', parts: kept });
    open = results;
  }
  return turns;
}
