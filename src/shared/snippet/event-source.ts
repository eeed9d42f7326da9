/** The request with the EventSource of browsers, and in comments what an EventSource cannot send. */
import { programHeaders, type SnippetFormat } from './snippet.ts';

/** Sent by every EventSource. */
const ITS_OWN = new Set(['accept', 'cache-control', 'last-event-id']);

export const eventSourceSnippet: SnippetFormat = {
  id: 'event-source',
  label: 'Browser EventSource',
  write(message) {
    const lost = programHeaders(message).filter(([name]) => !ITS_OWN.has(name.toLowerCase()));
    const problems = [
      ...(message.method === 'GET' ? [] : [`An EventSource sends GET, and this is a ${message.method}.`]),
      ...(message.body.length === 0 ? [] : ['An EventSource sends no body.']),
      ...(lost.length === 0
        ? []
        : [`An EventSource cannot send these headers: ${lost.map(([name]) => name).join(', ')}.`]),
    ];
    return [
      ...problems.map((problem) => `// ${problem}`),
      `const source = new EventSource(${JSON.stringify(message.url)});`,
      "source.addEventListener('open', () => console.log('open'));",
      "source.addEventListener('message', (event) => console.log(event.lastEventId, event.data));",
      "// Events with a name of their own need a listener of that name: source.addEventListener('goal', …).",
      "source.addEventListener('error', () => console.log(source.readyState === 2 ? 'closed' : 'reconnecting'));",
      '',
    ].join('\n');
  },
};
