/** The formats of chat requests, and which one a request has. Pure. */
import { objectOf, type JsonObject } from '../chat/json-read.ts';
import { anthropicMessages } from './anthropic-messages.ts';
import type { ChatFormat } from './composition.ts';
import { gemini } from './gemini.ts';
import { parseJson } from './json-text.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiResponses } from './openai-responses.ts';

export const CHAT_FORMATS: readonly ChatFormat[] = [openaiChat, openaiResponses, anthropicMessages, gemini];

/** Names of which a body of one of the formats has at least one. */
const CHAT_NAMES = ['messages', 'input', 'contents', 'model', 'system', 'prompt'];

/**
 * The format of a request, by its address and, where that says nothing, by its body; null when it is none of them. Text that is
 * not JSON yet, or not any more, does not change what the address says.
 */
export function detectFormat(url: string, text: string): ChatFormat | null {
  const path = (/^[^?#]*/.exec(url)?.[0] ?? '').replace(/\/+$/, '');
  const named = CHAT_FORMATS.find((format) => format.matchesPath(path)) ?? null;
  const body = bodyOf(text);
  if (body === undefined) return named;
  if (body === null || 'jsonrpc' in body) return null;
  if (named) return isEmpty(body) || CHAT_NAMES.some((name) => name in body) ? named : null;
  // Requests of Ollama and of AG-UI agents look the same and mean other things.
  if ('threadId' in body || 'runId' in body) return null;
  if (/\/api\/(chat|generate)$/.test(path)) return null;
  const order = [anthropicMessages, gemini, openaiResponses, openaiChat];
  return order.find((format) => format.matchesBody(body)) ?? null;
}

const isEmpty = (body: JsonObject): boolean => Object.keys(body).length === 0;

/** undefined: no JSON; null: JSON and no object. */
function bodyOf(text: string): JsonObject | null | undefined {
  if (text.trim() === '') return {};
  try {
    return objectOf(parseJson(text));
  } catch {
    return undefined;
  }
}
