/**
 * A session as a document for people: what it was, each attempt and how it ended, counts, what stands out, and the completions
 * that were rebuilt from it. Everything that came over the wire is escaped, quoted or fenced.
 */
import { attemptsOf } from '../session/attempts.ts';
import { describeEntry } from '../session/describe-entry.ts';
import type { ByteText } from '../sse/byte-text.ts';
import { rebuiltDocuments } from './completion-markdown.ts';
import type { ExportSource, Exporter } from './exporter.ts';
import { rebuiltFromSource } from './fold-entries.ts';
import { escaped, fenced } from './markdown-text.ts';
import { createReportTally, type ReportTally } from './report-tally.ts';

/** Longer data are cut; the other formats have them whole. */
const MOST_DATA_CHARS = 400;

export function createReportExporter(byteText: ByteText): Exporter {
  return {
    id: 'report',
    label: 'Report as Markdown',
    note: 'For people: attempts, counts, what stands out, and the completions.',
    extension: 'md',
    async *encode(source) {
      const tally = createReportTally(byteText);
      async function* watched() {
        for await (const slice of source.entries()) {
          for (const entry of slice) tally.add(entry);
          yield slice;
        }
      }
      const rebuilt = await rebuiltFromSource(source, byteText, watched());
      const parts = [
        `# ${escaped(source.summary.name)}`,
        factsOf(source),
        ...(await attemptsPart(source)),
        ...countsPart(tally),
        ...notablePart(tally),
        ...findingsPart(tally),
      ];
      yield source.clean(`${parts.join('\n\n')}\n`);
      const documents = rebuiltDocuments(rebuilt);
      if (documents.length > 0) yield '\n## Completions and exchanges\n';
      // Their headings go below this one.
      for (const document of documents)
        yield `\n${source.clean(document).replaceAll(/^(#{1,4} )/gm, '##$1')}`;
      source.onProgress(source.range.to - source.range.from);
    },
  };
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

function factsOf({ summary, isWhole, range }: ExportSource): string {
  const { method, url, startedAt, durationMs, outcome, counts } = summary;
  const rows = [
    ['Request', `${escaped(method)} ${escaped(url)}`],
    ['Began', new Date(startedAt).toISOString()],
    ['Lasted', seconds(durationMs)],
    ['Ended', outcome],
    [
      'In the session',
      `${counts.entries} entries, ${counts.events} events, ${counts.attempts} attempts, ${counts.bodyBytes} bytes`,
    ],
    ...(isWhole
      ? []
      : [
          [
            'In this report',
            `a part of it, among the entries ${range.from} to ${Math.max(range.from, range.to - 1)}`,
          ],
        ]),
    ...(summary.tags.length === 0 ? [] : [['Tags', escaped(summary.tags.join(', '))]]),
  ];
  const notes = summary.notes === '' ? '' : `\n\n${fenced(summary.notes, '')}`;
  return table(['Fact', 'Value'], rows) + notes;
}

async function attemptsPart(source: ExportSource): Promise<readonly string[]> {
  const attempts = attemptsOf(await source.journal());
  if (attempts.length === 0) return [];
  const rows = attempts.map(({ attempt, start, head, end, decision }) => [
    String(attempt),
    seconds(start.atMs),
    escaped(start.entry.why),
    head ? escaped(describeEntry(head.entry)) : 'no answer',
    end ? escaped(describeEntry(end.entry)) : 'not over',
    decision ? escaped(describeEntry(decision.entry)) : '',
  ]);
  return ['## Attempts', table(['No.', 'At', 'Why', 'Answer', 'End', 'Then'], rows)];
}

function countsPart({ events, comments, bytes, types }: ReportTally): readonly string[] {
  const rows = [...types.values()]
    .sort((one, other) => other.count - one.count)
    .map(({ name, count, bytes: ofType, firstMs, lastMs }) => [
      escaped(name),
      String(count),
      String(ofType),
      seconds(firstMs),
      seconds(lastMs),
    ]);
  const sum = `${events} events, ${comments} comments, ${bytes} bytes.`;
  if (rows.length === 0) return ['## Counts', sum];
  return ['## Counts', sum, table(['Type', 'Events', 'Bytes', 'First', 'Last'], rows)];
}

function notablePart({ notable }: ReportTally): readonly string[] {
  const list = notable();
  if (list.length === 0) return [];
  const parts = list.map(({ what, seq, atMs, type, data }) => {
    const cut = data.length > MOST_DATA_CHARS ? `${data.slice(0, MOST_DATA_CHARS)}…` : data;
    return `**${what}**: entry ${seq}, at ${seconds(atMs)}, ${escaped(type)}\n\n${fenced(cut, '')}`;
  });
  return ['## Notable events', ...parts];
}

function findingsPart({ findings }: ReportTally): readonly string[] {
  if (findings.size === 0) return [];
  const lines = [...findings.values()].map(({ message, count, seq }) => {
    const where = count === 1 ? `entry ${seq}` : `${count} times, first in entry ${seq}`;
    return `- ${escaped(message)} (${where})`;
  });
  return ['## Diagnostics', lines.join('\n')];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(3)} s`;
}
