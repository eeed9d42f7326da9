import { LLMock } from '@copilotkit/aimock';
import { record } from '../record.mjs';

export const name = 'aimock';
export const packages = ['@copilotkit/aimock'];

const ANSWER = 'The quick brown fox — 狐 — jumps over the lazy dog.';

export async function run(check) {
  const mock = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 7 });
  mock.onMessage('hello', { content: ANSWER });
  mock.onMessage('break', { content: ANSWER }, { truncateAfterChunks: 3 });
  const origin = await mock.start();
  const ask = (path, body, ...args) =>
    record(
      `${origin}${path}`,
      '-X',
      'POST',
      '-H',
      'Authorization: Bearer x',
      ...args,
      '-d',
      JSON.stringify({ stream: true, ...body }),
    );
  const messages = [{ role: 'user', content: 'hello' }];
  try {
    const chat = await ask('/v1/chat/completions', { model: 'gpt-4o', messages });
    const text = chat.events
      .filter((event) => event.data !== '[DONE]')
      .map((event) => JSON.parse(event.data).choices?.[0]?.delta?.content ?? '');
    check('chat completions: chunks make the answer', text.join('') === ANSWER, text.join(''));
    check(
      'chat completions: [DONE] is the end',
      chat.events.at(-1)?.data === '[DONE]' && chat.of('attempt-start').length === 1,
    );
    const anthropic = await ask('/v1/messages', { model: 'claude-sonnet-4-5', max_tokens: 99, messages });
    const said = anthropic.events.map((event) => JSON.parse(event.data).delta?.text ?? '');
    check(
      'messages: typed events make the answer',
      said.join('') === ANSWER && anthropic.events.at(-1)?.type === 'message_stop',
      said.join(''),
    );
    const broken = await ask('/v1/chat/completions', {
      model: 'gpt-4o',
      messages: [{ role: 'user', content: 'break' }],
    });
    check(
      'an answer that breaks off is a failure, told and not asked for again',
      broken.code === 1 &&
        broken.of('attempt-end')[0]?.how === 'failed' &&
        broken.of('attempt-start').length === 1,
      broken.errors,
    );
  } finally {
    await mock.stop();
  }
}
