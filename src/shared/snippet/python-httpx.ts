/** The request with Python's httpx; the stream is read with httpx-sse. */
import { describeBody } from '../connection/request-body.ts';
import { programHeaders, type SnippetFormat } from './snippet.ts';

export const pythonHttpxSnippet: SnippetFormat = {
  id: 'python-httpx',
  label: 'Python httpx',
  write(message) {
    const headers = programHeaders(message).map(
      ([name, value]) => `    ${pythonText(name)}: ${pythonText(value)},`,
    );
    const body = describeBody(message.body);
    const content = body === '' ? '' : `, content=${pythonText(body)}.encode()`;
    return [
      'import httpx',
      'from httpx_sse import connect_sse',
      '',
      'headers = {',
      ...headers,
      '}',
      'with httpx.Client(timeout=None) as client:',
      `    with connect_sse(client, ${pythonText(message.method)}, ${pythonText(message.url)}, headers=headers${content}) as source:`,
      '        source.response.raise_for_status()',
      '        for event in source.iter_sse():',
      '            print(event.event, event.id, event.data)',
      '',
    ].join('\n');
  },
};

/** JSON's escapes are Python's, but for characters beyond the first plane, which JSON writes as two. */
function pythonText(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (character) =>
    /[\ud800-\udfff]/.test(character)
      ? character
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
