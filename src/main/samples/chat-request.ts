/** What a chat request asks for, as far as the sample answers it. Everything else in it is accepted and passed over. */

export interface ChatTool {
  readonly name: string;
  /** JSON Schema of the arguments. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ChatRequest {
  readonly model: string;
  /** Text of the last message of the user. */
  readonly question: string;
  /** Characters of all messages. */
  readonly promptLength: number;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly choices: number;
  readonly maxTokens: number;
  /** The tools that the answer is to call; empty when it is to be text. */
  readonly tools: readonly ChatTool[];
}

export interface ChatFault {
  /** For people. */
  readonly fault: string;
  /** The parameter at fault, or null. */
  readonly param: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Most calls that one answer makes. */
const MOST_CALLS = 2;

export function parseChatRequest(body: string): ChatRequest | ChatFault {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { fault: 'The body of the request is not valid JSON.', param: null };
  }
  if (!isFields(value)) return { fault: 'The body of the request is not a JSON object.', param: null };
  const { messages, n, stream, stream_options: streamOptions } = value;
  if (!Array.isArray(messages) || messages.length === 0 || !messages.every(isFields)) {
    return { fault: '"messages" must be a list of at least one message.', param: 'messages' };
  }
  const choices = n ?? 1;
  if (!Number.isInteger(choices) || (choices as number) < 1 || (choices as number) > 16) {
    return { fault: '"n" must be a whole number from 1 to 16.', param: 'n' };
  }
  const maxTokens = value['max_completion_tokens'] ?? value['max_tokens'] ?? 100_000;
  if (!Number.isInteger(maxTokens) || (maxTokens as number) < 1) {
    return {
      fault: '"max_completion_tokens" must be a whole number from 1.',
      param: 'max_completion_tokens',
    };
  }
  if (isFields(streamOptions) && stream !== true) {
    return { fault: '"stream_options" is for "stream": true alone.', param: 'stream_options' };
  }
  const model = value['model'];
  return {
    model: typeof model === 'string' && model !== '' ? model : 'streamscope-sample-1',
    question: questionIn(messages),
    promptLength: messages.reduce((sum, message) => sum + contentOf(message).length, 0),
    stream: stream === true,
    includeUsage: isFields(streamOptions) && streamOptions['include_usage'] === true,
    choices: choices as number,
    maxTokens: maxTokens as number,
    tools: toolsToCall(value, messages),
  };
}

function questionIn(messages: readonly Fields[]): string {
  const last = messages.findLast((message) => message['role'] === 'user');
  return last ? contentOf(last) : '';
}

/** The text of a message, whose content is a text or a list of parts. */
function contentOf(message: Fields): string {
  const { content } = message;
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => (isFields(part) && typeof part['text'] === 'string' ? part['text'] : ''))
    .join('\n');
}

/** Tools are called unless they are switched off, or have been called already and their result is the last message. */
function toolsToCall(request: Fields, messages: readonly Fields[]): readonly ChatTool[] {
  const { tools, tool_choice: choice } = request;
  if (!Array.isArray(tools) || choice === 'none' || messages.at(-1)?.['role'] === 'tool') return [];
  const wanted = isFields(choice) && isFields(choice['function']) ? choice['function']['name'] : null;
  const known = tools.flatMap((tool: unknown): ChatTool[] => {
    const described = isFields(tool) ? tool['function'] : null;
    if (!isFields(described) || typeof described['name'] !== 'string') return [];
    if (wanted !== null && described['name'] !== wanted) return [];
    const { parameters } = described;
    return [{ name: described['name'], parameters: isFields(parameters) ? parameters : {} }];
  });
  return known.slice(0, MOST_CALLS);
}
