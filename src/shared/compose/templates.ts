/** Requests to begin with, one a provider: address, headers with the key as a variable, and a body that streams. Pure. */
import { BLANK_REQUEST } from '../connection/blank-request.ts';
import { bodyOfText } from '../connection/request-body.ts';
import type { HeaderSpec, RequestSpec } from '../connection/types.ts';
import type { ChatFormat } from './composition.ts';
import { detectFormat } from './registry.ts';

export interface ChatTemplate {
  readonly id: ChatFormat['id'];
  readonly label: string;
  /** Variable that holds the key. */
  readonly key: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: object;
}

const QUESTION = 'What are Server-Sent Events, and when do I want them?';

export const CHAT_TEMPLATES: readonly ChatTemplate[] = [
  {
    id: 'openai-chat',
    label: 'OpenAI chat completions',
    key: 'OPENAI_API_KEY',
    url: 'https://api.openai.com/v1/chat/completions',
    headers: [['Authorization', 'Bearer {{OPENAI_API_KEY}}']],
    body: {
      model: 'gpt-4.1-mini',
      messages: [
        { role: 'system', content: 'You explain things shortly.' },
        { role: 'user', content: QUESTION },
      ],
      stream: true,
      stream_options: { include_usage: true },
    },
  },
  {
    id: 'openai-responses',
    label: 'OpenAI Responses',
    key: 'OPENAI_API_KEY',
    url: 'https://api.openai.com/v1/responses',
    headers: [['Authorization', 'Bearer {{OPENAI_API_KEY}}']],
    body: {
      model: 'gpt-4.1-mini',
      instructions: 'You explain things shortly.',
      input: [{ role: 'user', content: QUESTION }],
      stream: true,
    },
  },
  {
    id: 'anthropic-messages',
    label: 'Anthropic Messages',
    key: 'ANTHROPIC_API_KEY',
    url: 'https://api.anthropic.com/v1/messages',
    headers: [
      ['x-api-key', '{{ANTHROPIC_API_KEY}}'],
      ['anthropic-version', '2023-06-01'],
    ],
    body: {
      model: 'claude-sonnet-4-5',
      max_tokens: 1024,
      system: 'You explain things shortly.',
      messages: [{ role: 'user', content: QUESTION }],
      stream: true,
    },
  },
  {
    id: 'gemini',
    label: 'Gemini',
    key: 'GEMINI_API_KEY',
    url: 'https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse',
    headers: [['x-goog-api-key', '{{GEMINI_API_KEY}}']],
    body: {
      systemInstruction: { parts: [{ text: 'You explain things shortly.' }] },
      contents: [{ role: 'user', parts: [{ text: QUESTION }] }],
    },
  },
];

/**
 * A request made into one of the template's. An address that is one of this format already, such as that of a gateway, is kept,
 * and so are headers.
 */
export function fromTemplate(template: ChatTemplate, request: RequestSpec = BLANK_REQUEST): RequestSpec {
  const sent = new Set(request.headers.map(({ name }) => name.trim().toLowerCase()));
  const added = template.headers
    .filter(([name]) => !sent.has(name.toLowerCase()))
    .map(([name, value]): HeaderSpec => ({ name, value, enabled: true }));
  return {
    ...request,
    method: 'POST',
    url: detectFormat(request.url, '')?.id === template.id ? request.url : template.url,
    headers: [...request.headers, ...added],
    body: { ...request.body, ...bodyFields(template) },
  };
}

function bodyFields(template: ChatTemplate): Pick<RequestSpec['body'], 'kind' | 'text'> {
  const { kind, text } = bodyOfText(JSON.stringify(template.body, null, 2));
  return { kind, text };
}

/** Models that come to mind first, as suggestions; any other may be typed. */
export const MODEL_SUGGESTIONS: Readonly<Record<ChatFormat['id'], readonly string[]>> = {
  'openai-chat': ['gpt-5', 'gpt-5-mini', 'gpt-4.1', 'gpt-4.1-mini', 'gpt-4o', 'o4-mini'],
  'openai-responses': ['gpt-5', 'gpt-5-mini', 'gpt-4.1', 'gpt-4.1-mini', 'gpt-4o', 'o4-mini'],
  'anthropic-messages': [
    'claude-opus-4-1',
    'claude-sonnet-4-5',
    'claude-haiku-4-5',
    'claude-3-5-haiku-latest',
  ],
  gemini: ['gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-2.5-flash-lite'],
};
