/** How the arguments of a tool call stand. */
import type { ToolCall } from './completion.ts';

/**
 * - `forming`: not valid JSON, and more may come.
 * - `valid`: valid JSON.
 * - `invalid`: not valid JSON, and nothing more will come.
 * - `text`: a custom tool takes any text.
 */
export type ToolCallState = 'forming' | 'valid' | 'invalid' | 'text';

/** Calls whose input is text by nature: a custom tool's, in both of OpenAI's streams, and code. */
const TEXT_CALLS = new Set([
  'custom',
  'custom_tool_call',
  'code_interpreter_call',
  'executable_code',
  'code_interpreter',
]);

export function toolCallState(type: string, text: string, isOver: boolean): ToolCallState {
  if (TEXT_CALLS.has(type)) return 'text';
  // Trying every frame would cost the square of a long text: while it grows, only one that ends like an object is tried.
  const last = text.trimEnd().slice(-1);
  if ((isOver || last === '}' || last === ']') && isJson(text)) return 'valid';
  return isOver ? 'invalid' : 'forming';
}

/** Of calls that are over: what was found, while the arguments are as long as they were then. */
const settled = new WeakMap<readonly string[], { readonly count: number; readonly state: ToolCallState }>();

/** The state of a call; the text of one that is over is joined and tried once, however often it is asked. */
export function toolCallStateOf({ type, arguments: { pieces } }: ToolCall, isOver: boolean): ToolCallState {
  const known = settled.get(pieces);
  if (isOver && known?.count === pieces.length) return known.state;
  const state = toolCallState(type, pieces.join(''), isOver);
  if (isOver) settled.set(pieces, { count: pieces.length, state });
  return state;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export const STATE_WORDS: Readonly<Record<ToolCallState, string>> = {
  forming: 'forming…',
  valid: 'valid JSON',
  invalid: 'not valid JSON',
  text: 'text',
};
