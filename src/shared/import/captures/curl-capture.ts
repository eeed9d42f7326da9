/** What `curl -i` or `curl -v` printed: heads, then the body as it came. */
import { mimeEssence } from '../../connection/response-rules.ts';
import { framingOfHead } from '../../session/head-framing.ts';
import { framingOfStart } from '../../sse/detect-framing.ts';
import type { Framing } from '../../sse/framing.ts';
import type { CaptureFile, CaptureReading, CaptureStep } from './capture.ts';
import { curlHeads, isCurlNote, type CurlHeads } from './curl-heads.ts';
import { framingOfMime, headEntry, madeClose, madeEnd, madeStart } from './made-entries.ts';
import { nameOfFile } from './streamscope-files.ts';

const encoder = new TextEncoder();

/** `start` is the beginning of the file, long enough for its heads; null when it is no output of curl. */
export function readCurlOutput(file: CaptureFile, start: string): CaptureReading | null {
  const heads = curlHeads(start);
  const final = heads?.responses.at(-1);
  if (!heads || !final) return null;
  const bodyAt = encoder.encode(start.slice(0, heads.length)).length;
  const { request } = heads;
  const url = addressOf(heads);
  const framing = bodyFraming(final, encoder.encode(start.slice(heads.length, heads.length + 4096)));
  const head = headEntry({
    attempt: 1,
    status: final.status,
    statusText: final.statusText,
    headers: final.headers,
    url,
    httpVersion: final.httpVersion,
    framing,
  });

  async function* steps(): AsyncGenerator<CaptureStep, void, void> {
    const asked = request ? { method: request.method, headers: request.headers, url } : { url };
    const lastEventId = request?.headers.find(([name]) => name.toLowerCase() === 'last-event-id')?.[1] ?? '';
    if (lastEventId !== '') yield { step: 'take-up', lastEventId };
    const why = 'Imported from what curl printed';
    yield { step: 'entry', entry: madeStart(1, why, { ...asked, lastEventId }), atMs: 0 };
    let from = url;
    for (const { status, headers } of heads?.responses.slice(0, -1) ?? []) {
      const to = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
      if (status < 300 || status > 399 || to === undefined) continue;
      yield { step: 'entry', entry: { kind: 'redirect', attempt: 1, status, from, to }, atMs: 0 };
      from = to;
    }
    yield { step: 'entry', entry: head, atMs: 0 };
    yield { step: 'body', attempt: 1, framing: framingOfHead(head) };
    let bodyBytes = 0;
    const body = skipped(file.open(), bodyAt);
    for await (const bytes of heads?.isVerbose ? withoutNotes(body) : body) {
      bodyBytes += bytes.length;
      yield { step: 'bytes', bytes, atMs: 0 };
    }
    yield { step: 'end-body', atMs: 0 };
    yield { step: 'entry', entry: madeEnd(1, bodyBytes), atMs: 0 };
    yield { step: 'entry', entry: madeClose(1, 'The end of what curl printed'), atMs: 0 };
  }

  const name = url === '' ? nameOfFile(file.name) : url;
  const note = `${final.status} ${final.statusText}`.trim();
  const captured = {
    name,
    method: request?.method ?? 'GET',
    url,
    startedAt: null,
    outcome: 'ended',
  } as const;
  return { format: 'Output of curl', captures: [{ head: captured, note, steps }] };
}

/** An answer of 200 without a type that is known is read as what it looks like: that is why somebody brings it here. */
function bodyFraming(
  { status, headers }: { readonly status: number; readonly headers: Parameters<typeof mimeEssence>[0] },
  start: Uint8Array,
): Framing | null {
  if (status !== 200) return null;
  const essence = mimeEssence(headers);
  const known = framingOfMime(essence);
  if (known !== null || (essence !== '' && essence !== 'application/json' && essence !== 'text/plain'))
    return known;
  return framingOfStart(start) ?? 'sse';
}

function addressOf({ request, isSecure }: CurlHeads): string {
  const host = request?.headers.find(([name]) => /^(?:host|:authority)$/i.test(name))?.[1];
  if (!request || host === undefined) return '';
  if (/^[a-z]+:\/\//i.test(request.target)) return request.target;
  return `${isSecure ? 'https' : 'http'}://${host}${request.target}`;
}

async function* skipped(
  chunks: AsyncIterable<Uint8Array>,
  bytes: number,
): AsyncGenerator<Uint8Array, void, void> {
  let left = bytes;
  for await (const chunk of chunks) {
    const rest = chunk.subarray(Math.min(left, chunk.length));
    left -= chunk.length - rest.length;
    if (rest.length > 0) yield rest;
  }
}

/** Holds the last line back until it is known whether curl's last note stands in it. */
async function* withoutNotes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  let held = '';
  // One character a byte: lines are cut without decoding anything.
  const latin1 = (bytes: Uint8Array): string => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192)
      text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return text;
  };
  const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
  for await (const chunk of chunks) {
    held += latin1(chunk);
    const end = held.lastIndexOf('\n') + 1;
    const shown = held
      .slice(0, end)
      .replace(/^.*\r?\n/gm, (line) => (isCurlNote(line.trimEnd()) ? '' : withoutLastNote(line)));
    held = held.slice(end);
    if (shown !== '') yield bytesOf(shown);
  }
  const last = isCurlNote(held.trimEnd()) ? '' : withoutLastNote(held);
  if (last !== '') yield bytesOf(last);
}

/** A body without a line end has curl's note in its last line. */
function withoutLastNote(line: string): string {
  return line.replace(/\* Connection #\d+ to host \S+ left intact\s*$/, '');
}
