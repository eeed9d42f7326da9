/** The official client of OpenAI, with its own ways of adding a stream up where it has one. */
import OpenAI from 'openai';
import type { Oracle, OracleChoice, Writes } from './answer.ts';
import { cannedFetch } from './canned-fetch.ts';

function clientOf(writes: Writes): OpenAI {
  const fetch = cannedFetch(writes);
  return new OpenAI({ apiKey: 'none', baseURL: 'http://127.0.0.1', maxRetries: 0, logLevel: 'off', fetch });
}

export const openAiChatOracle: Oracle = async (writes) => {
  const stream = clientOf(writes).chat.completions.stream({ model: 'any', messages: [], stream: true });
  const answer = await stream.finalChatCompletion();
  return {
    id: answer.id,
    model: answer.model,
    usage: answer.usage ?? null,
    choices: answer.choices.map(({ index, message, logprobs, finish_reason: finishReason }) => ({
      index,
      role: message.role,
      content: message.content ?? '',
      refusal: message.refusal ?? '',
      toolCalls: (message.tool_calls ?? []).map((call) => ({
        id: call.id,
        name: call.function.name,
        arguments: call.function.arguments,
      })),
      tokens: [...(logprobs?.content ?? []), ...(logprobs?.refusal ?? [])].map(({ token }) => token),
      finishReason,
    })),
  };
};

/** A response is one choice. */
export const openAiResponsesOracle: Oracle = async (writes) => {
  const answer = await clientOf(writes).responses.stream({ model: 'any', input: [] }).finalResponse();
  const parts = answer.output.flatMap((item) => (item.type === 'message' ? item.content : []));
  const choice: OracleChoice = {
    index: 0,
    content: parts.map((part) => (part.type === 'output_text' ? part.text : '')).join(''),
    reasoning: answer.output.map((item) => (item.type === 'reasoning' ? reasoningOf(item) : '')).join(''),
    refusal: parts.map((part) => (part.type === 'refusal' ? part.refusal : '')).join(''),
    toolCalls: answer.output.flatMap((item) =>
      item.type === 'function_call'
        ? [{ id: item.call_id, name: item.name, arguments: item.arguments }]
        : item.type === 'custom_tool_call'
          ? [{ id: item.call_id, name: item.name, arguments: item.input }]
          : [],
    ),
    finishReason: answer.incomplete_details?.reason ?? answer.status ?? null,
  };
  return { id: answer.id, model: answer.model, usage: answer.usage ?? null, choices: [choice] };
};

/** The reasoning itself where the server tells it, else its summary. */
function reasoningOf({ content = [], summary }: OpenAI.Responses.ResponseReasoningItem): string {
  return (content.length > 0 ? content : summary).map((part) => part.text).join('');
}

/** The client hands out chunks; adding up texts is left to the caller. */
export const openAiCompletionsOracle: Oracle = async (writes) => {
  const chunks = await clientOf(writes).completions.create({ model: 'any', prompt: '', stream: true });
  const choices = new Map<number, OracleChoice>();
  let head = { id: '', model: '' };
  let usage: unknown = null;
  for await (const chunk of chunks) {
    head = { id: head.id || chunk.id, model: head.model || chunk.model };
    usage = chunk.usage ?? usage;
    for (const { index, text, finish_reason: reason } of chunk.choices) {
      const { content = '', finishReason = null } = choices.get(index) ?? {};
      choices.set(index, { index, content: content + text, finishReason: reason ?? finishReason });
    }
  }
  return { ...head, usage, choices: [...choices.values()].sort((a, b) => a.index - b.index) };
};

/** The text as a whole, as the last event tells it. */
export const openAiTranscriptionOracle: Oracle = async (writes) => {
  const file = new File([new Uint8Array(1)], 'sound.wav');
  const events = await clientOf(writes).audio.transcriptions.create({ file, model: 'any', stream: true });
  let whole: OracleChoice | null = null;
  let usage: unknown = null;
  for await (const event of events) {
    if (event.type !== 'transcript.text.done') continue;
    whole = { index: 0, content: event.text };
    usage = event.usage ?? null;
  }
  if (!whole) throw new Error('no transcript.text.done');
  return { usage, choices: [whole] };
};

export const openAiAssistantsOracle: Oracle = async (writes) => {
  const stream = clientOf(writes).beta.threads.runs.stream('thread', { assistant_id: 'any' });
  const [run, messages, steps] = [
    await stream.finalRun(),
    await stream.finalMessages(),
    await stream.finalRunSteps(),
  ];
  const content = messages
    .flatMap((message) => message.content)
    .map((part) => (part.type === 'text' ? part.text.value : ''));
  const calls = steps.flatMap((step) =>
    'tool_calls' in step.step_details ? step.step_details.tool_calls : [],
  );
  const toolCalls = calls.map((call) => ({
    id: call.id,
    // Tools of the server have no name but their type.
    name: call.type === 'function' ? call.function.name : call.type,
    arguments: argumentsOf(call),
  }));
  return {
    id: run.id,
    model: run.model,
    choices: [{ index: 0, content: content.join(''), toolCalls, finishReason: run.status }],
  };
};

function argumentsOf(call: OpenAI.Beta.Threads.Runs.ToolCall): string {
  if (call.type === 'function') return call.function.arguments;
  return call.type === 'code_interpreter' ? call.code_interpreter.input : '';
}
