/** Recorded streams of dialects that no official client is at hand for, held against what a reader finds in their bytes. */
import { describe, expect, it } from 'vitest';
import { chatRecordings, rebuiltOf, recordedBytes } from '../../../support/chat-recordings.ts';

const text = (pattern: RegExp): unknown => expect.stringMatching(pattern);

/** By file: what its only answer must have. */
const FACTS: Readonly<Record<string, object>> = {
  'llm/google/grounding.sse': {
    model: 'gemini-2.5-pro',
    choices: [
      {
        role: 'model',
        content: text(/^### Weather in San[^]*low throughout the day\.$/),
        finishReason: 'STOP',
      },
    ],
    usage: { candidatesTokenCount: 241, totalTokenCount: 772 },
    end: 'complete',
    diagnostics: [],
  },
  'llm/google/code-execution.sse': {
    id: 'n1P6abvRFaKdz7IPkcuQ2Aw',
    choices: [
      {
        content: text(/\*\*-428,330,955\.97745\*\*\.$/),
        toolCalls: [{ type: 'executable_code', name: 'PYTHON', arguments: text(/\nprint\(result\)$/) }],
      },
    ],
    usage: { totalTokenCount: 783 },
    end: 'complete',
  },
  'llm/google/error-mid-stream.txt': {
    choices: [{ content: 'First Second ', finishReason: 'STOP' }],
    error: { code: 499, status: 'CANCELLED' },
    end: 'error',
    diagnostics: [],
  },
  'llm/vllm/completions.sse': {
    id: 'cmpl-606a18e6c4ce4c39b0bc404c3cd490dc',
    model: 'facebook/opt-125m',
    created: 1729072359,
    choices: [{ content: text(/^\.\n\n"Human" here[^]*metry network\."$/), finishReason: 'length' }],
    end: 'done',
    diagnostics: [],
  },
  'llm/anthropic/legacy-complete.sse': {
    id: 'compl_015dfgyiT7JLszAiMbGMtgeG',
    model: 'claude-2.1',
    choices: [{ content: text(/^ Light sc[^]*\.$/), finishReason: 'stop_sequence' }],
    end: 'done',
    diagnostics: [],
  },
  'llm/cohere/citations.sse': {
    id: 'dd27c8d3-34cf-419f-8d3a-0d1247feafc3',
    choices: [{ role: 'assistant', reasoning: text(/^The/), content: text(/./), finishReason: 'COMPLETE' }],
    usage: { cached_tokens: 144 },
    end: 'done',
    diagnostics: [],
  },
  'llm/cohere/tools-plan.sse': {
    choices: [
      {
        reasoning: text(/^I will/),
        toolCalls: [{ type: 'function' }, { type: 'function' }],
        finishReason: 'TOOL_CALL',
      },
    ],
    usage: { billed_units: { input_tokens: 62, output_tokens: 28 } },
    end: 'done',
    diagnostics: [],
  },
  'llm/tgi/generate-stream.sse': {
    choices: [
      { content: text(/^\n\nData Science and AI[^]*translate them into data$/), finishReason: 'length' },
    ],
    usage: { generated_tokens: 150 },
    end: 'done',
    // The tokens spell “discipllines”, the whole text does not.
    diagnostics: [{ code: 'text-differs' }],
  },
  'llm/watsonx/text.sse': {
    model: 'google/flan-ul2',
    choices: [{ content: text(/^the[^]* sky$/), finishReason: 'eos_token' }],
    usage: { input_token_count: 8, generated_token_count: 11 },
    end: 'complete',
    diagnostics: [],
  },
  'llm/openai/transcription.sse': {
    choices: [{ content: 'Ruby is a programming language designed for developer happiness.' }],
    usage: { total_tokens: 49 },
    end: 'done',
    diagnostics: [],
  },
  'llm/openai/assistants-run-code-interpreter.sse': {
    id: 'run_2zWHABJr7mUVxSxn1QmRYsSp',
    choices: [
      {
        toolCalls: [{ type: 'code_interpreter', arguments: text(/^import sympy/) }],
        finishReason: 'completed',
      },
    ],
    end: 'done',
    diagnostics: [],
  },
  'llm/google/interactions.sse': {
    choices: [{ content: 'The image displays', finishReason: 'incomplete' }],
    usage: { total_tokens: 326 },
    end: 'done',
    diagnostics: [],
  },
  'llm/replicate/text.sse': {
    choices: [
      { content: text(/^Sure[^]* a smile to your face! Is there anything else I can assist you with\?$/) },
    ],
    end: 'done',
    diagnostics: [],
  },
};

describe.skipIf(chatRecordings().length === 0)('recorded streams without an official client', () => {
  it.each(Object.entries(FACTS))('%s has what its bytes say', (file, facts) => {
    const rebuilt = rebuiltOf(recordedBytes(file));
    expect(rebuilt).toHaveLength(1);
    expect(rebuilt[0]).toMatchObject(facts);
  });
});
