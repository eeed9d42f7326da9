/** What an official client makes of a stream, and ours put in the same form. What a client does not tell is left out. */
import type { RebuiltChoice, RebuiltCompletion, RebuiltToolCall } from '../../src/shared/chat/rebuilt.ts';

export interface OracleCall {
  readonly id: string;
  readonly name: string;
  /** As text, or as the client parsed it. */
  readonly arguments: unknown;
}

export interface OracleChoice {
  readonly index: number;
  readonly role?: string;
  readonly content?: string;
  readonly reasoning?: string;
  readonly refusal?: string;
  readonly toolCalls?: readonly OracleCall[];
  readonly finishReason?: string | null;
  /** Tokens of the content and of the refusal that came with their probability. */
  readonly tokens?: readonly string[];
}

export interface OracleAnswer {
  readonly id?: string;
  readonly model?: string;
  readonly usage?: unknown;
  readonly choices: readonly OracleChoice[];
}

/** The bytes of a body, as they were written. */
export type Writes = readonly Uint8Array<ArrayBuffer>[];

/** Rejects where the client does. */
export type Oracle = (writes: Writes) => Promise<OracleAnswer>;

/** Our answer with what the oracle tells, in its form. */
export function comparable(rebuilt: RebuiltCompletion, oracle: OracleAnswer): OracleAnswer {
  return {
    ...(oracle.id !== undefined && { id: rebuilt.id ?? '' }),
    ...(oracle.model !== undefined && { model: rebuilt.model ?? '' }),
    ...('usage' in oracle && { usage: rebuilt.usage }),
    choices: rebuilt.choices.map((choice, at) =>
      comparableChoice(choice, oracle.choices[at] ?? { index: at }),
    ),
  };
}

function comparableChoice(choice: RebuiltChoice, oracle: OracleChoice): OracleChoice {
  const { content, refusal } = choice.logprobs ?? { content: [], refusal: [] };
  return {
    index: choice.index,
    ...(oracle.role !== undefined && { role: choice.role }),
    ...(oracle.content !== undefined && { content: choice.content }),
    ...(oracle.reasoning !== undefined && { reasoning: choice.reasoning }),
    ...(oracle.refusal !== undefined && { refusal: choice.refusal }),
    ...(oracle.toolCalls !== undefined && { toolCalls: callsOf(choice, oracle.toolCalls) }),
    ...(oracle.finishReason !== undefined && { finishReason: choice.finishReason }),
    ...(oracle.tokens !== undefined && { tokens: [...content, ...refusal].map(({ token }) => token) }),
  };
}

/** Of a response, the oracle tells the calls of the caller's tools; those of the server's own have other shapes. */
function isTold({ type }: RebuiltToolCall): boolean {
  return type === 'function_call' || type === 'custom_tool_call' || !type.endsWith('_call');
}

function callsOf(choice: RebuiltChoice, oracle: readonly OracleCall[]): OracleCall[] {
  return choice.toolCalls.filter(isTold).map((call, at) => ({
    id: call.id ?? '',
    name: call.name,
    arguments: typeof oracle[at]?.arguments === 'string' ? call.arguments : parsedOrText(call.arguments),
  }));
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The names of what the two do not agree on, such as "usage" or "choices.0.content"; none when they are equal. */
export function differences(ours: OracleAnswer, oracle: OracleAnswer): string[] {
  const named = (answer: OracleAnswer): Map<string, string> =>
    new Map([
      ...entriesOf('', { ...answer, choices: answer.choices.length }),
      ...answer.choices.flatMap((choice, at) => entriesOf(`choices.${at}.`, choice)),
    ]);
  const [own, theirs] = [named(ours), named(oracle)];
  return [...new Set([...own.keys(), ...theirs.keys()])].filter((name) => own.get(name) !== theirs.get(name));
}

function entriesOf(prefix: string, value: object): [string, string][] {
  return Object.entries(value).map(([name, part]) => [`${prefix}${name}`, canonical(part)]);
}

/** JSON text whose keys are sorted, for a client may put them in another order. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? 'undefined'
  );
}
