/**
 * What a chat request says, in words that all providers share. It is a view over the request's body, which stays the truth: a
 * format reads it out of the body and writes it back, and what it has no word for stays where it is.
 */
import type { JsonObject } from '../chat/json-read.ts';

export type MessagePart =
  | { readonly kind: 'text'; readonly text: string }
  /** An address or a data URL. */
  | { readonly kind: 'image'; readonly url: string }
  /** A tool call of the model; `arguments` is JSON text. */
  | { readonly kind: 'call'; readonly callId: string; readonly name: string; readonly arguments: string }
  /** What a tool answered; `name` is "" where the format says only the call's id. */
  | { readonly kind: 'result'; readonly callId: string; readonly name: string; readonly text: string }
  /** Something that is only kept, such as a signed thought: its name, and its value as it stands in the body. */
  | { readonly kind: 'other'; readonly type: string; readonly value: unknown };

export interface Message {
  /** `user`, `assistant`, `system`, `developer`, `tool`, or whatever stands in the body. */
  readonly role: string;
  readonly parts: readonly MessagePart[];
}

export interface Composition {
  /** The system prompt; "" for none. */
  readonly system: string;
  readonly messages: readonly Message[];
  readonly model: string;
  /** null: not set, or no number (a `{{variable}}` in quotes). */
  readonly temperature: number | null;
  readonly maxTokens: number | null;
  /** As they stand in the body, in the format's own words; null: none. */
  readonly tools: readonly unknown[] | null;
  readonly stream: boolean;
}

/** The two places where a request says what it asks: Gemini names the model in the address. */
export interface ChatRequest {
  readonly url: string;
  readonly body: JsonObject;
}

/** A function that the model may call, in words that all providers share. */
export interface ToolFunction {
  readonly name: string;
  readonly description: string;
  /** JSON Schema; null: none. */
  readonly parameters: unknown;
}

/** One provider's request. All functions are pure and total. */
export interface ChatFormat {
  readonly id: 'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini';
  readonly label: string;
  /** Roles of its messages, the usual one first. */
  readonly roles: readonly string[];
  /** Path of the address, without query. */
  matchesPath(path: string): boolean;
  matchesBody(body: JsonObject): boolean;
  read(request: ChatRequest): Composition;
  /** Changes what differs from what `read` says and keeps everything else, the order of names included. */
  write(request: ChatRequest, composition: Composition): ChatRequest;
  /** Messages of any format as this one can say them: roles mapped, results and calls where they belong, other parts left out. */
  shape(messages: readonly Message[]): readonly Message[];
  functionsOf(tools: readonly unknown[]): readonly ToolFunction[];
  toolsOf(functions: readonly ToolFunction[]): readonly unknown[];
}
