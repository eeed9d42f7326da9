/** The same prompt for another endpoint: a composition said in that endpoint's format, which keeps its model and its settings. */
import type { RequestSpec } from '../connection/types.ts';
import { readChat, writeChat } from './chat-request.ts';
import type { ChatFormat, Composition, Message } from './composition.ts';

export interface Converted {
  readonly request: RequestSpec;
  /** What the other format cannot say and was left out, in words. */
  readonly left: readonly string[];
}

/**
 * `target` with the prompt, the messages and the tools of `composition`, and its temperature and limit where they are set; null
 * when the target is no chat request that can be read.
 */
export function askedElsewhere(
  from: ChatFormat,
  composition: Composition,
  target: RequestSpec,
): Converted | null {
  const reading = readChat(target);
  if (!reading?.composition) return null;
  const { format } = reading;
  const same = format.id === from.id;
  const functions = from.functionsOf(composition.tools ?? []);
  const converted: Composition = {
    ...reading.composition,
    system: composition.system,
    messages: same ? composition.messages : format.shape(composition.messages),
    temperature: composition.temperature ?? reading.composition.temperature,
    maxTokens: composition.maxTokens ?? reading.composition.maxTokens,
    tools: same ? composition.tools : functions.length > 0 ? format.toolsOf(functions) : null,
  };
  // Its own conversation goes first: nothing of it is to be written over.
  const emptied = writeChat(target, format, { ...reading.composition, messages: [], tools: null });
  const request = { ...target, ...writeChat({ ...target, ...emptied }, format, converted) };
  return { request, left: same ? [] : leftOut(composition, from) };
}

function leftOut({ messages, tools }: Composition, from: ChatFormat): readonly string[] {
  const others = (message: Message): readonly string[] =>
    message.parts.flatMap((part) => (part.kind === 'other' ? [part.type] : []));
  const types = [...new Set(messages.flatMap(others))];
  const named = from.functionsOf(tools ?? []).length;
  const declared = from.id === 'gemini' ? named > 0 : named === (tools?.length ?? 0);
  return [...types, ...(declared || !tools || tools.length === 0 ? [] : ['tools that are no functions'])];
}
