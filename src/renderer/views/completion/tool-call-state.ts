/** How the arguments of a tool call stand. */

/**
 * - `forming`: not valid JSON, and more may come.
 * - `valid`: valid JSON.
 * - `invalid`: not valid JSON, and nothing more will come.
 * - `text`: a custom tool takes any text.
 */
export type ToolCallState = 'forming' | 'valid' | 'invalid' | 'text';

/** Calls whose input is text by nature: a custom tool's, in both of OpenAI's streams, and code. */
const TEXT_CALLS = new Set(['custom', 'custom_tool_call', 'code_interpreter_call', 'executable_code']);

export function toolCallState(type: string, text: string, isOver: boolean): ToolCallState {
  if (TEXT_CALLS.has(type)) return 'text';
  // Trying every frame would cost the square of a long text: while it grows, only one that ends like an object is tried.
  const last = text.trimEnd().slice(-1);
  if ((isOver || last === '}' || last === ']') && isJson(text)) return 'valid';
  return isOver ? 'invalid' : 'forming';
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
