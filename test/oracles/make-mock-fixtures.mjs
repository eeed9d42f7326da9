/**
 * Writes the fixtures named aimock-…: what the mock server @copilotkit/aimock answers to a text, a reasoned text and a tool call,
 * asked as each provider's clients ask. Run it with Node from the project's folder; ids and times differ from run to run, so the
 * expected files are then to be looked over again.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LLMock } from '@copilotkit/aimock';

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'chat');
const TOOL = { name: 'tide_table', arguments: JSON.stringify({ shore: 'north', days: 2 }) };
const PARAMETERS = { type: 'object', properties: {} };

const CASES = {
  text: { content: 'Low water is at six, and the terns know it. 🌊' },
  reasoning: { content: 'At six.', reasoning: 'Yesterday it was at five, so it moves on by an hour.' },
  tools: { toolCalls: [TOOL, { ...TOOL, arguments: '{"shore":"söuth"}' }] },
};

const REQUESTS = {
  'openai-chat': (prompt) => [
    '/v1/chat/completions',
    {
      model: 'gpt-4o',
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: prompt }],
      tools: [{ type: 'function', function: { name: TOOL.name, parameters: PARAMETERS } }],
    },
  ],
  'openai-responses': (prompt) => [
    '/v1/responses',
    {
      model: 'gpt-4o',
      stream: true,
      input: [{ role: 'user', content: prompt }],
      tools: [{ type: 'function', name: TOOL.name, parameters: PARAMETERS }],
    },
  ],
  'anthropic-messages': (prompt) => [
    '/v1/messages',
    {
      model: 'claude-sonnet-4',
      stream: true,
      max_tokens: 99,
      messages: [{ role: 'user', content: prompt }],
      tools: [{ name: TOOL.name, input_schema: PARAMETERS }],
    },
  ],
  gemini: (prompt) => [
    '/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse',
    { contents: [{ role: 'user', parts: [{ text: prompt }] }] },
  ],
};

const mock = new LLMock({ port: 0 });
for (const [name, answer] of Object.entries(CASES)) mock.onMessage(name, answer);
await mock.start();
try {
  for (const [dialect, request] of Object.entries(REQUESTS)) {
    for (const name of Object.keys(CASES)) {
      const [path, body] = request(name);
      const response = await fetch(`${mock.url}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: 'Bearer none',
          'x-api-key': 'none',
          'x-goog-api-key': 'none',
        },
        body: JSON.stringify(body),
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      if (!response.ok) throw new Error(`${dialect} ${name}: ${response.status} ${bytes.toString()}`);
      await writeFile(join(FOLDER, dialect, `aimock-${name}.sse`), bytes);
    }
  }
} finally {
  await mock.stop();
}
