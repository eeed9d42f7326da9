/** An exchange as Markdown for people: what was asked and what came of it. What came over the wire is fenced, quoted or escaped. */
import { laidOutJson } from '../chat/json-layout.ts';
import { jsonTextOf } from '../chat/json-read.ts';
import { joined } from '../chat/rebuilt.ts';
import type { Exchange, ExchangeEnd, ExchangeRequest, Run, RunNode, Task } from '../protocol/exchange.ts';
import { escaped, fenced, quoted } from './markdown-text.ts';

const END_SENTENCES: Readonly<Record<ExchangeEnd, string>> = {
  open: 'still going on',
  done: 'everything that was asked for came',
  paused: 'waits for the user',
  closed: 'the stream ended and nothing was outstanding',
  cut: 'cut off: the stream ended before the answer did',
  error: 'with an error',
};

export function exchangeMarkdown(exchange: Exchange): string {
  const { label, facts, requests, notices, tasks, runs, state, diagnostics, end } = exchange;
  const rows = [
    ['Ended', END_SENTENCES[end]],
    ['Entries', `${exchange.firstSeq} to ${exchange.lastSeq}`],
  ];
  for (const { name, value } of facts) rows.push([name, value]);
  const parts = [
    `# ${escaped(label)}`,
    [
      '| Fact | Value |',
      '|---|---|',
      ...rows.map(([name = '', value = '']) => `| ${escaped(name)} | ${escaped(value)} |`),
    ].join('\n'),
  ];
  for (const request of requests) parts.push(...requestParts(request));
  for (const task of tasks) parts.push(...taskParts(task));
  for (const run of runs) parts.push(...runParts(run));
  if (state) {
    const count = `${state.changes.length} changes`;
    parts.push('## State', `After ${count}:`, json(state.current));
  }
  if (notices.length > 0) {
    const lines = notices.map(
      ({ method, text, seq }) =>
        `- Entry ${seq}: ${escaped(method)}${text === '' ? '' : `: ${escaped(text)}`}`,
    );
    parts.push('## Notifications', lines.join('\n'));
  }
  if (diagnostics.length > 0) {
    const lines = diagnostics.map(({ message, seq }) => `- Entry ${seq}: ${escaped(message)}`);
    parts.push('## Findings', lines.join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

function requestParts(request: ExchangeRequest): string[] {
  const { from, id, method, subject, params, state, progress, parts, answer, cancelReason } = request;
  const title = [method === '' ? 'A request that is not in the log' : method, subject ?? '']
    .filter(Boolean)
    .join(': ');
  const said = [`Id ${jsonTextOf(id)}, asked by the ${from}: ${state}.`];
  if (cancelReason !== null)
    said.push(`Cancelled: ${cancelReason === '' ? 'no reason given' : cancelReason}.`);
  const last = progress.at(-1);
  if (last)
    said.push(
      `${progress.length} reports of progress, the last ${last.progress ?? '?'} of ${last.total ?? '?'}.`,
    );
  if (parts.length > 0) said.push(`${parts.length} parts of the answer.`);
  const out = [`## ${escaped(title)}`, escaped(said.join(' '))];
  if (params !== undefined && params !== null) out.push('Asked:', json(params));
  if (answer) out.push(state === 'failed' ? 'Error:' : 'Answer:', json(answer.value));
  return out;
}

function taskParts({ id, statuses, artifacts, messages }: Task): string[] {
  const out = [`## Task ${escaped(id)}`];
  const lines = statuses.map(
    ({ state, text, seq }) => `- Entry ${seq}: ${escaped(state)}${text === '' ? '' : `: ${escaped(text)}`}`,
  );
  out.push(lines.join('\n'));
  for (const { role, text } of messages) out.push(`**${escaped(role)}**`, quoted(text));
  for (const artifact of artifacts) {
    out.push(`### Artifact ${escaped(artifact.name || artifact.id)}`);
    const text = joined(artifact.text);
    if (text !== '') out.push(fenced(text, ''));
    for (const { value } of artifact.others) out.push(json(value));
  }
  return out;
}

function runParts(run: Run): string[] {
  const { id, state, error, result, children } = run;
  const out = [`## Run ${escaped(id)}: ${state}`];
  if (error !== null) out.push(`**Error:** ${escaped(error)}`);
  out.push(...children.flatMap((node) => nodeParts(node)));
  if (result) out.push('Result:', json(result.value));
  return out;
}

function nodeParts(node: RunNode): string[] {
  switch (node.kind) {
    case 'step':
    case 'subagent': {
      const failed = node.error === null ? '' : ` (failed: ${escaped(node.error)})`;
      return [
        `### ${node.kind === 'step' ? 'Step' : 'Subagent'} ${escaped(node.name)}${failed}`,
        ...node.children.flatMap((child) => nodeParts(child)),
        `*End of ${escaped(node.name)}*`,
      ];
    }
    case 'message':
    case 'reasoning':
      return [`**${escaped(node.role)}**`, quoted(joined(node.text))];
    case 'tool-call': {
      const text = joined(node.arguments);
      const pretty = laidOutJson(text);
      const out = [
        `**Tool call: ${escaped(node.name)}**`,
        fenced(pretty ?? text, pretty === null ? '' : 'json'),
      ];
      if (node.result) out.push('Result:', json(node.result.value));
      return out;
    }
    case 'activity':
      return [`**Activity: ${escaped(node.name)}**`, json(node.state.current)];
    case 'note':
      return [`**${escaped(node.name)}**`, json(node.value)];
  }
}

function json(value: unknown): string {
  const text = jsonTextOf(value);
  return fenced(laidOutJson(text) ?? text, 'json');
}
