/**
 * The completions of a session as a Markdown document for people. The answer itself stands as it was written, for it is mostly
 * Markdown; everything else that came over the wire is quoted, fenced or escaped.
 */
import type { Choice, Completion, CompletionEnd, ToolCall } from '../chat/completion.ts';
import { laidOutJson } from '../chat/json-layout.ts';
import { jsonTextOf } from '../chat/json-read.ts';
import { errorSentence } from '../chat/provider-error.ts';
import { joined } from '../chat/rebuilt.ts';
import type { MeasuredAnswer } from '../chat/timing/measured-answer.ts';
import { markdownTable, metricsTable } from '../chat/timing/metrics-table.ts';
import type { Verdict } from '../chat/verdict.ts';
import { furtherFindings } from '../chat/verdict-stream.ts';
import { allVerdicts } from '../chat/verdicts.ts';
import type { ByteText } from '../sse/byte-text.ts';
import type { Exporter } from './exporter.ts';
import { rebuiltFromSource, type Rebuilt } from './fold-entries.ts';
import { exchangeMarkdown } from './exchange-markdown.ts';
import { escaped, fenced, quoted } from './markdown-text.ts';
import { inStreamOrder } from './rebuilt-list.ts';

const END_SENTENCES: Readonly<Record<CompletionEnd, string>> = {
  streaming: 'still streaming',
  done: 'with the terminator of its dialect',
  complete: 'with a finish reason, without the terminator',
  truncated: 'cut off: the stream ended before the answer did',
  error: 'with an error inside the stream',
};

export function createCompletionMarkdownExporter(byteText: ByteText): Exporter {
  return {
    id: 'completion-markdown',
    label: 'Completion as Markdown',
    note: 'The rebuilt answers and exchanges to read or to pass on.',
    extension: 'md',
    async *encode(source) {
      const rebuilt = await rebuiltFromSource(source, byteText);
      const documents = rebuiltDocuments(rebuilt).map(source.clean);
      if (documents.length === 0) yield '# No completion\n\nNo chat stream was found in this range.\n';
      for (const [at, document] of documents.entries()) yield at > 0 ? `\n---\n\n${document}` : document;
    },
  };
}

/** Each answer and exchange as a document of its own, in the order of the stream. */
export function rebuiltDocuments(rebuilt: Rebuilt): readonly string[] {
  const verdicts = allVerdicts(rebuilt.completions);
  const answers = rebuilt.completions.map((completion, at) =>
    completionMarkdown(completion, verdicts[at], rebuilt.measured?.[at]),
  );
  return inStreamOrder(rebuilt, answers, rebuilt.exchanges.map(exchangeMarkdown));
}

/** Without `measured` nothing is said of times. */
export function completionMarkdown(
  completion: Completion,
  verdicts: readonly Verdict[] = [],
  measured?: MeasuredAnswer,
): string {
  const { choices, error } = completion;
  const diagnostics = verdicts.length > 0 ? furtherFindings(completion) : completion.diagnostics;
  const parts = [`# ${escaped(completion.model ?? 'Completion')}`, factsOf(completion)];
  if (error !== null) parts.push(`**Error:** ${escaped(errorSentence(error))}`);
  for (const choice of choices) {
    const number = choices.length > 1 ? ` (choice ${choice.index})` : '';
    parts.push(`## ${escaped(capitalised(choice.role))}${number}`, ...choiceParts(choice));
  }
  if (measured) {
    const table = metricsTable([{ name: 'Value', answer: measured }]);
    parts.push('## Timing', markdownTable(table).trimEnd());
  }
  const telling = verdicts.filter(({ severity }) => severity !== 'good' && severity !== 'busy');
  if (telling.length > 0) {
    const lines = telling.map(({ text, explanation, seqs }) => {
      const where =
        seqs.length === 0 ? '' : ` (${seqs.length === 1 ? 'entry' : 'entries'} ${seqs.join(', ')})`;
      return `- **${escaped(text)}**${where}: ${escaped(explanation)}`;
    });
    parts.push('## Verdicts', lines.join('\n'));
  }
  if (diagnostics.length > 0) {
    const lines = diagnostics.map(({ message, seq }) => `- Entry ${seq}: ${escaped(message)}`);
    parts.push('## Findings', lines.join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

function factsOf(completion: Completion): string {
  const { id, dialect, end, usage, firstSeq, lastSeq } = completion;
  const facts: (readonly [string, string])[] = [
    ['Dialect', dialect],
    ['Id', id ?? 'none'],
    ['Ended', END_SENTENCES[end]],
    ['Entries', `${firstSeq} to ${lastSeq}`],
  ];
  for (const { index, finishReason } of completion.choices) {
    const name = completion.choices.length > 1 ? `Finish reason ${index}` : 'Finish reason';
    facts.push([name, finishReason ?? 'none']);
  }
  for (const [name, amount] of Object.entries(usage ?? {})) {
    facts.push([`Usage: ${name}`, typeof amount === 'string' ? amount : jsonTextOf(amount)]);
  }
  const rows = facts.map(([name, value]) => `| ${escaped(name)} | ${escaped(value)} |`);
  return ['| Fact | Value |', '|---|---|', ...rows].join('\n');
}

function choiceParts(choice: Choice): string[] {
  const parts: string[] = [];
  const reasoning = joined(choice.reasoning);
  const content = joined(choice.content);
  const refusal = joined(choice.refusal);
  if (reasoning !== '') parts.push('### Reasoning', quoted(reasoning));
  if (content !== '') parts.push(content);
  if (refusal !== '') parts.push('### Refusal', quoted(refusal));
  for (const call of choice.toolCalls) parts.push(...toolCallParts(call));
  return parts.length > 0 ? parts : ['*Nothing was written.*'];
}

function toolCallParts(call: ToolCall): string[] {
  const text = joined(call.arguments);
  const id = call.id === null ? '' : ` (${escaped(call.id)})`;
  const heading = `### Tool call: ${escaped(call.name === '' ? 'without a name' : call.name)}${id}`;
  const pretty = laidOutJson(text);
  return [heading, fenced(pretty ?? text, pretty === null ? '' : 'json')];
}

function capitalised(role: string): string {
  return role.charAt(0).toUpperCase() + role.slice(1);
}
