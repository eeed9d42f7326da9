/**
 * The tree of an AG-UI run as it grows: steps and subagents hold messages, reasoning, tool calls and activities. Owns where a new
 * node belongs and finding a node by its id; what an event means is in ag-ui.ts.
 */
import type {
  Place,
  Run,
  RunActivity,
  RunGroup,
  RunNode,
  RunNote,
  RunState,
  RunText,
  RunToolCall,
  Said,
} from './exchange.ts';
import { createStateHistory, type StateHistory } from './state-history.ts';

type Draft<T> = { -readonly [K in keyof T]: T[K] };
export interface TextDraft extends Draft<RunText> {
  text: { readonly pieces: string[]; readonly seqs: number[] };
}
export interface CallDraft extends Draft<RunToolCall> {
  arguments: { readonly pieces: string[]; readonly seqs: number[] };
}
export interface ActivityDraft extends Draft<RunActivity> {
  state: StateHistory;
}
export interface GroupDraft extends Draft<RunGroup> {
  children: RunNode[];
  readonly depth: number;
}

/** Groups deeper than that stand in the run itself: whoever walks the tree may do so by recursion. */
const MAX_DEPTH = 32;

export interface RunDraft extends Draft<Run> {
  children: RunNode[];
  /** Open steps by owner, the innermost last. */
  readonly openSteps: GroupDraft[];
  readonly subagents: Map<string, GroupDraft>;
  readonly texts: Map<string, TextDraft>;
  readonly calls: Map<string, CallDraft>;
  readonly activities: Map<string, ActivityDraft>;
}

export function createRun(first: Place): RunDraft {
  return {
    id: '',
    threadId: '',
    parentRunId: null,
    state: 'running' satisfies RunState,
    children: [],
    result: null,
    error: null,
    usage: undefined,
    first,
    end: null,
    openSteps: [],
    subagents: new Map(),
    texts: new Map(),
    calls: new Map(),
    activities: new Map(),
  };
}

/** Where a new node goes: into the innermost open step of its subagent, else to the subagent, else to the run itself. */
function parentOf(run: RunDraft, owner: string): { readonly children: RunNode[]; readonly depth: number } {
  const step = run.openSteps.findLast((open) => open.id === owner);
  const group = step ?? (owner === '' ? undefined : run.subagents.get(owner));
  return group && group.depth < MAX_DEPTH ? group : { children: run.children, depth: 0 };
}

function addGroup(
  run: RunDraft,
  kind: RunGroup['kind'],
  id: string,
  name: string,
  parentOwner: string,
  first: Place,
): GroupDraft {
  const parent = parentOf(run, parentOwner);
  const depth = parent.depth + 1;
  const group: GroupDraft = {
    kind,
    id,
    name,
    children: [],
    error: null,
    result: null,
    first,
    end: null,
    depth,
  };
  parent.children.push(group);
  return group;
}

/** `owner`: the subagent that it belongs to; "" for the run's own. */
export function addStep(run: RunDraft, name: string, owner: string, first: Place): void {
  run.openSteps.push(addGroup(run, 'step', owner, name, owner, first));
}

/** Ends the innermost open step of this name. Tells whether there was one. */
export function endStep(run: RunDraft, name: string, owner: string, end: Place): boolean {
  const at = run.openSteps.findLastIndex((step) => step.name === name && step.id === owner);
  const step = run.openSteps[at];
  if (!step) return false;
  step.end = end;
  run.openSteps.splice(at, 1);
  return true;
}

export function addSubagent(run: RunDraft, id: string, name: string, parent: string, first: Place): void {
  run.subagents.set(id, addGroup(run, 'subagent', id, name, parent, first));
}

export function addText(
  run: RunDraft,
  kind: 'message' | 'reasoning',
  id: string,
  role: string,
  owner: string,
  first: Place,
): TextDraft {
  const text: TextDraft = { kind, id, role, text: { pieces: [], seqs: [] }, first, end: null };
  parentOf(run, owner).children.push(text);
  run.texts.set(`${kind} ${id}`, text);
  return text;
}

export function addCall(run: RunDraft, id: string, name: string, owner: string, first: Place): CallDraft {
  const call: CallDraft = {
    kind: 'tool-call',
    id,
    name,
    arguments: { pieces: [], seqs: [] },
    parentMessageId: null,
    result: null as Said | null,
    first,
    end: null,
  };
  parentOf(run, owner).children.push(call);
  run.calls.set(id, call);
  return call;
}

export function addActivity(
  run: RunDraft,
  id: string,
  name: string,
  owner: string,
  first: Place,
): ActivityDraft {
  const activity: ActivityDraft = {
    kind: 'activity',
    id,
    name,
    state: createStateHistory(),
    first,
    end: null,
  };
  parentOf(run, owner).children.push(activity);
  run.activities.set(id, activity);
  return activity;
}

export function addNote(run: RunDraft, name: string, value: unknown, owner: string, first: Place): void {
  const note: RunNote = { kind: 'note', id: '', name, value, first, end: first };
  parentOf(run, owner).children.push(note);
}

export function appendText(
  text: { readonly pieces: string[]; readonly seqs: number[] },
  piece: string,
  at: Place,
): void {
  if (piece === '') return;
  text.pieces.push(piece);
  text.seqs.push(at.seq);
}
