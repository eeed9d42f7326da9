/** The dialects in the order in which they are asked; the first of equal scores is taken. */
import { createRegistry, type Registry } from '../base/registry.ts';
import { aiSdkUi } from './ai-sdk-ui.ts';
import { anthropicComplete } from './anthropic-complete.ts';
import { anthropicMessages } from './anthropic-messages.ts';
import { bedrockConverse } from './bedrock-converse.ts';
import { createBedrockInvoke } from './bedrock-invoke.ts';
import { cohereChat } from './cohere-chat.ts';
import type { Dialect, DialectEvent } from './dialect.ts';
import { gemini } from './gemini.ts';
import { geminiInteractions } from './gemini-interactions.ts';
import { openAiAssistants } from './openai-assistants.ts';
import { ollamaNative } from './ollama-native.ts';
import { openAiChat } from './openai-chat.ts';
import { openAiCompletions } from './openai-completions.ts';
import { openAiImages } from './openai-images.ts';
import { openAiResponses } from './openai-responses.ts';
import { openAiSpeech } from './openai-speech.ts';
import { openAiTranscription } from './openai-transcription.ts';
import { replicate } from './replicate.ts';
import { tgiGenerate } from './tgi-generate.ts';
import { watsonxGenerate } from './watsonx-generate.ts';

/** A dialect whose state nobody looks into. */
export type AnyDialect = Dialect<unknown>;

export function createDialects(): Registry<AnyDialect> {
  // The state never leaves the dialect that made it, so its type may be forgotten here.
  return createRegistry<AnyDialect>([
    openAiChat,
    anthropicMessages,
    openAiResponses,
    gemini,
    openAiCompletions,
    anthropicComplete,
    cohereChat,
    tgiGenerate,
    watsonxGenerate,
    replicate,
    openAiAssistants,
    openAiTranscription,
    openAiSpeech,
    openAiImages,
    geminiInteractions,
    ollamaNative,
    bedrockConverse,
    createBedrockInvoke([anthropicMessages, openAiChat, cohereChat]),
    aiSdkUi,
  ]);
}

export interface Match {
  readonly dialect: AnyDialect;
  readonly score: number;
}

/** The dialect that is surest of the event; null when none claims it. */
export function matchDialect(dialects: readonly AnyDialect[], event: DialectEvent): Match | null {
  let best: Match | null = null;
  for (const dialect of dialects) {
    const score = dialect.score(event);
    if (score > (best?.score ?? 0)) best = { dialect, score };
  }
  return best;
}
