/**
 * A page that shows a session without the app: one file, no network. The data stand in script elements of a type that no browser
 * runs, with every character escaped that could end one; a policy lets the page's own program run and nothing else.
 */
import { attemptsOf } from '../../session/attempts.ts';
import { describeEntry } from '../../session/describe-entry.ts';
import type { HeaderPair } from '../../session/entry.ts';
import type { ByteText } from '../../sse/byte-text.ts';
import { sha256Source } from '../../base/sha256.ts';
import { rebuiltDocuments } from '../completion-markdown.ts';
import type { DecodedEntry } from '../decoded-entries.ts';
import type { Exporter, ExportSource } from '../exporter.ts';
import { rebuiltFromSource } from '../fold-entries.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';

export function createPageExporter(byteText: ByteText): Exporter {
  return {
    id: 'html',
    label: 'Web page',
    note: 'One file that shows the session in any browser, without the app and without the network.',
    extension: 'html',
    async *encode(source) {
      yield pageHead();
      yield `<script type="application/json" id="session">${inert(await sessionValue(source))}</script>\n`;
      let done = 0;
      for await (const slice of source.entries()) {
        const rows = slice.map((entry) => rowOf(entry, byteText));
        yield `<script type="application/json" data-part>${inert(rows)}</script>\n`;
        done += slice.length;
        source.onProgress(Math.floor(done / 2));
      }
      const rebuilt = await rebuiltFromSource(source, byteText, source.entries(), (folded) =>
        source.onProgress(Math.floor((done + folded) / 2)),
      );
      const answers = rebuiltDocuments(rebuilt).map((text, at) => ({
        title: `No. ${at + 1}`,
        text: source.clean(text),
      }));
      yield `<script type="application/json" id="answers-data">${inert(answers)}</script>\n`;
      yield `<script>${PAGE_SCRIPT}</script>\n</body>\n</html>\n`;
      source.onProgress(source.range.to - source.range.from);
    },
  };
}

/** JSON that is text and nothing else wherever it stands in HTML, and in scripts of old browsers as well. */
export function inert(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function pageHead(): string {
  const policy = [
    `default-src 'none'`,
    `script-src ${sha256Source(PAGE_SCRIPT)}`,
    // Rows are placed by their style property, which a policy does not touch; the sheet itself is known by its hash.
    `style-src ${sha256Source(PAGE_STYLE)}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Streamscope</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header><h1 id="title"></h1><div class="facts" id="facts"></div></header>
<noscript>This page needs its script to show the session. The data are in the file as JSON.</noscript>
<nav>
<div role="tablist" aria-label="Parts of the session">
<button role="tab" data-shows="events" aria-selected="true">Events</button>
<button role="tab" data-shows="attempts" aria-selected="false" tabindex="-1">Attempts</button>
<button role="tab" data-shows="answers" aria-selected="false" tabindex="-1">Completions</button>
</div>
<input id="filter" type="search" aria-label="Filter" placeholder="Filter: words, type:goal, -type:ping, kind:comment, id:42">
<span class="count" id="count" role="status"></span>
</nav>
<main>
<section id="events"><div class="list" id="list" role="listbox" tabindex="0" aria-label="Entries"><div class="space" id="space"></div><p class="empty" id="nothing" hidden>Nothing matches the filter.</p></div>
<div class="detail" id="detail" aria-label="Detail"><p class="empty">Select an entry to see all of it. Arrow keys, j and k move.</p></div></section>
<section id="attempts" hidden><div class="scroll" id="attempts-list"></div></section>
<section id="answers" hidden><div class="scroll" id="answers-list"></div></section>
</main>
`;
}

async function sessionValue({ summary, journal, isWhole }: ExportSource): Promise<object> {
  const { method, url, startedAt, durationMs, outcome, counts, name } = summary;
  const attempts = attemptsOf(await journal()).map(({ attempt, start, head, end, decision, redirects }) => {
    const lines = [
      `${start.entry.method} ${start.entry.url}`,
      ...headerLines(start.entry.headers),
      ...(start.entry.body === '' ? [] : ['', start.entry.body]),
      '',
      ...redirects.map(({ entry }) => describeEntry(entry)),
      ...(head
        ? [`${head.entry.status} ${head.entry.statusText}`, ...headerLines(head.entry.headers), '']
        : []),
      ...(end ? [describeEntry(end.entry)] : []),
      ...(decision ? [describeEntry(decision.entry)] : []),
    ];
    return { title: `Attempt ${attempt}: ${start.entry.why}`, text: lines.join('\n') };
  });
  const time = new Date(startedAt);
  const facts = [
    `${method} ${url}`,
    Number.isNaN(time.getTime()) ? 'at an unknown time' : time.toISOString(),
    `${(durationMs / 1000).toFixed(3)} s`,
    outcome,
    `${counts.events.toLocaleString('en')} events, ${counts.attempts.toLocaleString('en')} attempts`,
    ...(isWhole ? [] : ['a part of the session']),
  ];
  return { summary: { name, startedAt }, facts, attempts };
}

function headerLines(headers: readonly HeaderPair[]): readonly string[] {
  return headers.map(([name, value]) => `${name}: ${value}`);
}

type Row = readonly [
  seq: number,
  kind: string,
  atMs: number,
  attempt: number,
  type: string,
  id: string | null,
  data: string,
];

function rowOf(entry: DecodedEntry, byteText: ByteText): Row {
  const { seq, atMs } = entry;
  if (entry.what === 'journal') {
    const { entry: fact } = entry;
    return [seq, fact.kind, atMs, 'attempt' in fact ? fact.attempt : 0, fact.kind, null, describeEntry(fact)];
  }
  const { kind, attempt, eventType, id, data, comments, bytes } = entry;
  if (eventType !== null) return [seq, kind, atMs, attempt, eventType, id, data];
  const text = kind === 'comment' ? comments.join('\n') : byteText.utf8(bytes, 0, bytes.length);
  return [seq, kind, atMs, attempt, kind, id, text];
}
