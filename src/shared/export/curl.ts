/** The first request of a session as a command for a POSIX shell. */
import type { AttemptStartEntry } from '../session/entry.ts';
import type { Exporter } from './exporter.ts';

/** Headers that curl sets by itself, rightly. */
const OWN_HEADERS = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding']);

export function createCurlExporter(): Exporter {
  return {
    id: 'curl',
    label: 'cURL command',
    note: 'The request as a command for the terminal.',
    extension: 'sh',
    async *encode({ summary, range, journal, onProgress }) {
      const starts = (await journal()).flatMap(({ seq, entry }) =>
        entry.kind === 'attempt-start' ? [{ seq, entry }] : [],
      );
      // That of the range: the attempt its first entry belongs to.
      const asked = starts.filter(({ seq }) => seq <= range.from).at(-1) ?? starts[0];
      yield asked
        ? curlScript(asked.entry)
        : `# ${oneLine(summary.name)}: no request was recorded in this session.\n`;
      onProgress(range.to - range.from);
    },
  };
}

export function curlScript(request: AttemptStartEntry): string {
  const { method, url, headers, body, lastEventId } = request;
  const sent = headers.filter(([name]) => !OWN_HEADERS.has(name.toLowerCase()));
  const has = (name: string): boolean => sent.some(([key]) => key.toLowerCase() === name);
  const parts = ['curl -N'];
  if (method !== (body === '' ? 'GET' : 'POST')) parts.push(`-X ${quoted(method)}`);
  parts.push(quoted(url));
  if (!has('accept')) parts.push(`-H 'Accept: text/event-stream'`);
  // A header without a value is written with a semicolon.
  for (const [name, value] of sent)
    parts.push(`-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`);
  if (lastEventId !== '' && !has('last-event-id'))
    parts.push(`-H ${quoted(`Last-Event-ID: ${lastEventId}`)}`);
  if (body !== '') parts.push(`--data-raw ${quoted(body)}`);
  const command = parts.join(' \\\n  ');
  const note = /\[redacted\]|\(hidden/.test(command)
    ? '# Secrets are not in this command: put them in the place of "[redacted]" and "(hidden …)".\n'
    : '';
  return `${note}${command}\n`;
}

/** Nothing inside single quotes means anything to a shell, except their end. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
