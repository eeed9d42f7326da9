/** The request with fetch, for browsers, Node and Deno; the stream is read with eventsource-parser. */
import { describeBody } from '../connection/request-body.ts';
import { programHeaders, type SnippetFormat } from './snippet.ts';

export const fetchSnippet: SnippetFormat = {
  id: 'fetch',
  label: 'JavaScript fetch',
  write(message) {
    const headers = programHeaders(message).map(
      ([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},`,
    );
    const body = describeBody(message.body);
    return [
      "import { EventSourceParserStream } from 'eventsource-parser/stream';",
      '',
      `const response = await fetch(${JSON.stringify(message.url)}, {`,
      `  method: ${JSON.stringify(message.method)},`,
      '  headers: {',
      ...headers,
      '  },',
      ...(body === '' ? [] : [`  body: ${JSON.stringify(body)},`]),
      '});',
      'if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);',
      'const events = response.body',
      '  .pipeThrough(new TextDecoderStream())',
      '  .pipeThrough(new EventSourceParserStream());',
      'for await (const event of events) {',
      "  console.log(event.event ?? 'message', event.id ?? '', event.data);",
      '}',
      '',
    ].join('\n');
  },
};
