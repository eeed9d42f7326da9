/**
 * An exchange as plain JSON values with its texts joined: what `streamscope rebuild` prints and what the JSON export holds. The
 * keys are a promise (docs/formats.md).
 */
import { jsonTextOf } from '../chat/json-read.ts';
import { joined } from '../chat/rebuilt.ts';
import type {
  Artifact,
  Exchange,
  ExchangeRequest,
  Run,
  RunNode,
  Said,
  SharedState,
  StateChange,
  Task,
} from './exchange.ts';

export function rebuiltExchange(exchange: Exchange): object {
  const { protocol, label, facts, requests, notices, tasks, runs, state, end } = exchange;
  const { diagnostics, eventCount, firstSeq, lastSeq } = exchange;
  return {
    protocol,
    label,
    facts: Object.fromEntries(facts.map(({ name, value }) => [name, value])),
    requests: requests.map(rebuiltRequest),
    notices: notices.map(({ from, method, params, text, seq }) => ({
      from,
      method,
      params: printable(params),
      text,
      seq,
    })),
    ...(tasks.length > 0 ? { tasks: tasks.map(rebuiltTask) } : {}),
    ...(runs.length > 0 ? { runs: runs.map(rebuiltRun) } : {}),
    ...(state ? { state: rebuiltState(state) } : {}),
    end,
    diagnostics: [...diagnostics],
    eventCount,
    firstSeq,
    lastSeq,
  };
}

function rebuiltRequest(request: ExchangeRequest): object {
  const { from, id, method, subject, params, sent, state, progress, parts, answer, cancelReason } = request;
  return {
    from,
    id,
    method,
    subject,
    params: printable(params),
    state,
    progress: progress.map(({ progress: done, total, message, seq }) => ({
      progress: done,
      total,
      message,
      seq,
    })),
    parts: parts.map(valueWithSeq),
    answer: answer && valueWithSeq(answer),
    ...(cancelReason === null ? {} : { cancelReason }),
    sentSeq: sent?.seq ?? null,
  };
}

function rebuiltTask({ id, contextId, statuses, artifacts, messages, first }: Task): object {
  return {
    id,
    contextId,
    state: statuses.at(-1)?.state ?? null,
    statuses: statuses.map(({ state, text, timestamp, seq }) => ({ state, text, timestamp, seq })),
    artifacts: artifacts.map(rebuiltArtifact),
    messages: messages.map(({ id: messageId, role, text, parts, seq }) => ({
      id: messageId,
      role,
      text,
      parts: printable(parts),
      seq,
    })),
    firstSeq: first.seq,
  };
}

function rebuiltArtifact({ id, name, text, others, updates, complete, first }: Artifact): object {
  return {
    id,
    name,
    text: joined(text),
    others: others.map(valueWithSeq),
    updates,
    complete,
    firstSeq: first.seq,
  };
}

function rebuiltRun(run: Run): object {
  const { id, threadId, parentRunId, state, children, result, error, usage, first, end } = run;
  return {
    id,
    threadId,
    parentRunId,
    state,
    children: children.map(rebuiltNode),
    result: printable(result?.value),
    error,
    usage: printable(usage),
    firstSeq: first.seq,
    endSeq: end?.seq ?? null,
  };
}

function rebuiltNode(node: RunNode): object {
  const { kind, id, first, end } = node;
  const base = { kind, id, firstSeq: first.seq, endSeq: end?.seq ?? null };
  switch (node.kind) {
    case 'step':
    case 'subagent': {
      const { name, error, result, children } = node;
      return { ...base, name, error, result: printable(result?.value), children: children.map(rebuiltNode) };
    }
    case 'message':
    case 'reasoning':
      return { ...base, role: node.role, text: joined(node.text) };
    case 'tool-call': {
      const { name, parentMessageId, result } = node;
      return {
        ...base,
        name,
        arguments: joined(node.arguments),
        parentMessageId,
        result: result && valueWithSeq(result),
      };
    }
    case 'activity':
      return { ...base, name: node.name, state: rebuiltState(node.state) };
    case 'note':
      return { ...base, name: node.name, value: printable(node.value) };
  }
}

function rebuiltState({ current, changes }: SharedState): object {
  return { current: printable(current), changes: changes.map(rebuiltChange) };
}

function rebuiltChange({ kind, value, failure, seq }: StateChange): object {
  return { kind, value: printable(value), ...(failure === null ? {} : { failure }), seq };
}

function valueWithSeq({ value, seq }: Said): object {
  return { value: printable(value), seq };
}

/** A value as it was sent, unless it is nested too deeply to be written down again; null when there is none. */
function printable(value: unknown): unknown {
  if (value === undefined) return null;
  return value !== null && jsonTextOf(value) === '' ? 'A value nested too deeply to be shown' : value;
}
