/** An exchange as the rows of an outline: requests, tasks, runs with what is in them, the state, notifications. Pure. */
import type {
  Artifact,
  Exchange,
  ExchangeRequest,
  Notice,
  Run,
  RunNode,
  SharedState,
  Task,
} from '../../../shared/protocol/exchange.ts';
import { countOf, countText, durationText } from '../../ui/measures.ts';

export type ExchangeItem =
  | { readonly kind: 'overview' | 'heading' }
  | { readonly kind: 'request'; readonly request: ExchangeRequest }
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'artifact'; readonly artifact: Artifact }
  | { readonly kind: 'run'; readonly run: Run }
  | { readonly kind: 'node'; readonly node: RunNode }
  | { readonly kind: 'state'; readonly state: SharedState; readonly name: string }
  | { readonly kind: 'notice'; readonly notice: Notice };

export type RowTone = 'plain' | 'busy' | 'good' | 'warn' | 'bad';

export interface ExchangeRow {
  /** Stays the same while the exchange grows. */
  readonly key: string;
  readonly depth: number;
  readonly item: ExchangeItem;
  readonly title: string;
  readonly subject: string;
  readonly note: string;
  readonly tone: RowTone;
  /** 0 to 1, where it is known how far something is. */
  readonly share: number | null;
  /** The entry that it begins with; null when the log does not have it. */
  readonly seq: number | null;
}

type Draft = Partial<ExchangeRow> & Pick<ExchangeRow, 'key' | 'item' | 'title'>;

export function exchangeRows(exchange: Exchange): ExchangeRow[] {
  const { requests, tasks, runs, state, notices, end } = exchange;
  const isOver = end !== 'open';
  const rows: ExchangeRow[] = [row({ key: 'overview', item: { kind: 'overview' }, title: 'Overview' })];
  const sections = [requests, tasks, runs, notices].filter((list) => list.length > 0).length;
  const heading = (title: string, count: number): void => {
    if (count > 0 && sections > 1) {
      rows.push(row({ key: `# ${title}`, item: { kind: 'heading' }, title, note: countText(count) }));
    }
  };
  heading('Requests', requests.length);
  for (const [at, request] of requests.entries()) rows.push(requestRow(request, at, isOver));
  heading('Tasks', tasks.length);
  for (const [at, task] of tasks.entries()) {
    rows.push(taskRow(task, at));
    for (const [index, artifact] of task.artifacts.entries())
      rows.push(artifactRow(artifact, `task ${at} ${index}`));
  }
  heading('Runs', runs.length);
  for (const [at, run] of runs.entries()) {
    rows.push(runRow(run, at));
    for (const [index, node] of run.children.entries()) addNode(rows, node, `run ${at}/${index}`, 1, isOver);
  }
  if (state) rows.push(stateRow(state));
  heading('Notifications', notices.length);
  for (const [at, notice] of notices.entries()) {
    const { method, text, seq } = notice;
    rows.push(
      row({
        key: `notice ${at}`,
        item: { kind: 'notice', notice },
        title: shortMethod(method),
        subject: text,
        seq,
      }),
    );
  }
  return rows;
}

function row(draft: Draft): ExchangeRow {
  return { depth: 0, subject: '', note: '', tone: 'plain', share: null, seq: null, ...draft };
}

/** What is said of a request's state. `isOver`: nothing more will come. */
export function requestWords(
  { from, state, sent, answer, progress, parts }: ExchangeRequest,
  isOver: boolean,
): { readonly text: string; readonly tone: RowTone } {
  switch (state) {
    case 'answered':
    case 'failed': {
      const took = sent && answer ? ` in ${durationText(answer.atMs - sent.atMs)}` : '';
      return state === 'failed'
        ? { text: `failed${took}`, tone: 'bad' }
        : { text: `answered${took}`, tone: 'good' };
    }
    case 'cancelled':
      return { text: 'cancelled', tone: 'warn' };
    case 'waiting':
    case 'streaming': {
      if (isOver && from === 'server') return { text: 'its answer is not in this log', tone: 'plain' };
      if (isOver) return { text: 'never answered', tone: 'bad' };
      const last = progress.at(-1);
      if (last) return { text: progressText(last), tone: 'busy' };
      return { text: parts.length > 0 ? countOf(parts.length, 'part') : 'waiting', tone: 'busy' };
    }
  }
}

export function progressText({
  progress,
  total,
}: {
  readonly progress: number | null;
  readonly total: number | null;
}): string {
  if (progress === null) return 'progress without a number';
  return total === null ? String(progress) : `${progress} of ${total}`;
}

/** 0 to 1; null when the sender does not say how much there is. */
export function progressShare(request: ExchangeRequest): number | null {
  const last = request.progress.at(-1);
  if (last?.progress == null || last.total === null || last.total <= 0) return null;
  return Math.min(1, Math.max(0, last.progress / last.total));
}

function requestRow(request: ExchangeRequest, at: number, isOver: boolean): ExchangeRow {
  const { text, tone } = requestWords(request, isOver);
  const title =
    request.method === ''
      ? `answer ${request.id === null ? 'without an id' : `to ${request.id}`}`
      : request.method;
  const isOpen = request.state === 'waiting' || request.state === 'streaming';
  return row({
    key: `request ${at}`,
    item: { kind: 'request', request },
    title,
    subject: request.subject ?? '',
    note: text,
    tone,
    share: isOpen ? progressShare(request) : null,
    seq:
      request.sent?.seq ?? request.answer?.seq ?? request.progress[0]?.seq ?? request.parts[0]?.seq ?? null,
  });
}

const TASK_TONES: Readonly<Record<string, RowTone>> = {
  completed: 'good',
  failed: 'bad',
  rejected: 'bad',
  canceled: 'warn',
  'input-required': 'warn',
  'auth-required': 'warn',
  working: 'busy',
  submitted: 'busy',
};

export function taskTone(state: string): RowTone {
  return TASK_TONES[state] ?? 'plain';
}

function taskRow(task: Task, at: number): ExchangeRow {
  const state = task.statuses.at(-1)?.state ?? '';
  const title = task.id === '' ? 'Message' : 'Task';
  const rest = { subject: task.id, note: state, tone: taskTone(state), seq: task.first.seq };
  return row({ key: `task ${at}`, item: { kind: 'task', task }, title, ...rest });
}

function artifactRow(artifact: Artifact, key: string): ExchangeRow {
  const { name, id, updates, complete, first } = artifact;
  return row({
    key: `artifact ${key}`,
    depth: 1,
    item: { kind: 'artifact', artifact },
    title: 'Artifact',
    subject: name || id,
    note: `${countOf(updates, 'update')}${complete ? ', complete' : ''}`,
    seq: first.seq,
  });
}

const RUN_TONES = {
  running: 'busy',
  finished: 'good',
  interrupted: 'warn',
  cancelled: 'warn',
  failed: 'bad',
} as const;

function runRow(run: Run, at: number): ExchangeRow {
  const took = run.end ? ` in ${durationText(run.end.atMs - run.first.atMs)}` : '';
  return row({
    key: `run ${at}`,
    item: { kind: 'run', run },
    title: 'Run',
    subject: run.id,
    note: `${run.state}${took}`,
    tone: RUN_TONES[run.state],
    seq: run.first.seq,
  });
}

function addNode(rows: ExchangeRow[], node: RunNode, key: string, depth: number, isOver: boolean): void {
  const took =
    node.end && node.end.seq !== node.first.seq ? durationText(node.end.atMs - node.first.atMs) : '';
  const open = isOver ? 'never ended' : 'going on';
  const tone: RowTone = node.end ? 'plain' : isOver ? 'warn' : 'busy';
  const draft = { key, depth, seq: node.first.seq, note: node.end ? took : open, tone };
  const item = { kind: 'node', node } as const;
  switch (node.kind) {
    case 'step':
    case 'subagent': {
      const title = node.kind === 'step' ? 'Step' : 'Subagent';
      const failed = node.error === null ? {} : { note: 'failed', tone: 'bad' as const };
      rows.push(row({ ...draft, item, title, subject: node.name, ...failed }));
      for (const [at, child] of node.children.entries())
        addNode(rows, child, `${key}/${at}`, depth + 1, isOver);
      return;
    }
    case 'message':
    case 'reasoning':
      rows.push(row({ ...draft, item, title: node.role, subject: opening(node.text.pieces) }));
      return;
    case 'tool-call': {
      const answered = node.result ? { note: 'answered', tone: 'good' as const } : {};
      rows.push(row({ ...draft, item, title: 'Tool call', subject: node.name, ...answered }));
      return;
    }
    case 'activity': {
      const note = countOf(node.state.changes.length, 'change');
      rows.push(row({ ...draft, item, title: 'Activity', subject: node.name, note, tone: 'plain' }));
      return;
    }
    case 'note':
      rows.push(row({ ...draft, item, title: node.name, note: '', tone: 'plain' }));
  }
}

function stateRow(state: SharedState): ExchangeRow {
  const failed = state.changes.filter((change) => change.failure !== null).length;
  return row({
    key: 'state',
    item: { kind: 'state', state, name: 'State' },
    title: 'State',
    note: `${countOf(state.changes.length, 'change')}${failed > 0 ? `, ${countText(failed)} failed` : ''}`,
    tone: failed > 0 ? 'bad' : 'plain',
    seq: state.changes[0]?.seq ?? null,
  });
}

/** The beginning of a text, on one line. */
function opening(pieces: readonly string[]): string {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length > 80) break;
  }
  return text.slice(0, 80).replaceAll(/\s+/g, ' ');
}

function shortMethod(method: string): string {
  return method.replace(/^notifications\//, '');
}
