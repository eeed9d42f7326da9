/** The tasks of an A2A exchange as they change. Owns statuses, artifacts and messages; knows nothing of requests. */
import { listOf, objectOf, textOf, type JsonObject } from '../chat/json-read.ts';
import { partsText, partText, taskStateOf, TERMINAL_STATES } from './a2a-shapes.ts';
import type { AgentMessage, Artifact, Said, Task, TaskStatus } from './exchange.ts';
import { placeOf, said, type ExchangeTracker } from './exchange-tracker.ts';
import type { ProtocolInput } from './protocol.ts';

interface ArtifactDraft extends Artifact {
  name: string;
  text: { pieces: string[]; seqs: number[] };
  others: Said[];
  updates: number;
  complete: boolean;
}

interface TaskDraft extends Task {
  contextId: string;
  readonly statuses: TaskStatus[];
  artifacts: ArtifactDraft[];
  readonly messages: AgentMessage[];
  readonly messageIds: Set<string>;
  readonly byArtifact: Map<string, ArtifactDraft>;
  /** The connection that told of it last. */
  attempt: number;
  /** Its final state, once that connection told it; "" before. */
  final: string;
}

export interface Tasks {
  readonly all: readonly Task[];
  /** A whole task. Gives its state. */
  replace(body: JsonObject, input: ProtocolInput): string;
  /** A status update. Gives the state. */
  status(body: JsonObject, input: ProtocolInput): string;
  artifact(body: JsonObject, input: ProtocolInput): void;
  /** A message that is the whole answer, or belongs to a task. */
  message(body: JsonObject, input: ProtocolInput): void;
}

export function createTasks(tracker: ExchangeTracker): Tasks {
  const all: TaskDraft[] = [];
  const byId = new Map<string, TaskDraft>();

  function taskOf(id: string, contextId: unknown, input: ProtocolInput): TaskDraft {
    let task = byId.get(id);
    if (!task) {
      task = {
        id,
        contextId: textOf(contextId),
        statuses: [],
        artifacts: [],
        messages: [],
        messageIds: new Set(),
        byArtifact: new Map(),
        first: placeOf(input),
        attempt: input.attempt,
        final: '',
      };
      byId.set(id, task);
      all.push(task);
    }
    if (task.attempt !== input.attempt) {
      // Another connection tells it again from where the agent likes: that is no going on after the end.
      task.attempt = input.attempt;
      task.final = '';
      for (const artifact of task.artifacts) artifact.complete = false;
    }
    if (task.contextId === '') task.contextId = textOf(contextId);
    return task;
  }

  function addStatus(task: TaskDraft, value: unknown, input: ProtocolInput): string {
    const status = objectOf(value) ?? {};
    const state = taskStateOf(status['state']);
    if (task.final !== '' && state !== task.final) {
      tracker.diagnose('after-terminal', `The task went on to "${state}" after "${task.final}".`, input);
    }
    task.final = TERMINAL_STATES.has(state) ? state : '';
    const message = objectOf(status['message']);
    const text = message ? partsText(message['parts']) : '';
    if (message) addMessage(task, message, input);
    task.statuses.push({ state, text, timestamp: textOf(status['timestamp']), ...placeOf(input) });
    return state;
  }

  function addMessage(task: TaskDraft, message: JsonObject, input: ProtocolInput): void {
    const id = textOf(message['messageId']);
    if (id !== '' && task.messageIds.has(id)) return;
    task.messageIds.add(id);
    const parts = listOf(message['parts']);
    const role = textOf(message['role'])
      .replace(/^ROLE_/, '')
      .toLowerCase();
    task.messages.push({ id, role, text: partsText(parts), parts, ...placeOf(input) });
  }

  function addArtifact(task: TaskDraft, value: unknown, how: JsonObject, input: ProtocolInput): void {
    const body = objectOf(value) ?? {};
    const id = textOf(body['artifactId']);
    const append = how['append'] === true;
    let artifact = task.byArtifact.get(id);
    if (append && !artifact) {
      tracker.diagnose('append-to-nothing', `Artifact "${id}" was appended to before it was there.`, input);
    } else if (artifact?.complete === true) {
      tracker.diagnose('after-last-chunk', `Artifact "${id}" went on after its last chunk.`, input);
    }
    if (!artifact) {
      artifact = {
        id,
        name: '',
        text: { pieces: [], seqs: [] },
        others: [],
        updates: 0,
        complete: false,
        first: placeOf(input),
      };
      task.byArtifact.set(id, artifact);
      task.artifacts.push(artifact);
    } else if (!append) {
      // New arrays: a view may still hold the old ones.
      artifact.text = { pieces: [], seqs: [] };
      artifact.others = [];
    }
    artifact.updates += 1;
    artifact.name = textOf(body['name']) || artifact.name;
    artifact.complete = how['lastChunk'] === true;
    for (const part of listOf(body['parts'])) {
      const text = partText(part);
      if (text === null) artifact.others.push(said(part, input));
      else if (text !== '') {
        artifact.text.pieces.push(text);
        artifact.text.seqs.push(input.seq);
      }
    }
  }

  return {
    all,
    replace(body, input) {
      const task = taskOf(textOf(body['id']), body['contextId'], input);
      for (const message of listOf(body['history'])) {
        const object = objectOf(message);
        if (object) addMessage(task, object, input);
      }
      if (Array.isArray(body['artifacts'])) {
        const lastChunk = TERMINAL_STATES.has(taskStateOf(objectOf(body['status'])?.['state']));
        task.byArtifact.clear();
        task.artifacts = [];
        for (const artifact of body['artifacts']) addArtifact(task, artifact, { lastChunk }, input);
      }
      return addStatus(task, body['status'], input);
    },
    status(body, input) {
      return addStatus(taskOf(textOf(body['taskId']), body['contextId'], input), body['status'], input);
    },
    artifact(body, input) {
      const task = taskOf(textOf(body['taskId']), body['contextId'], input);
      if (task.final !== '') {
        tracker.diagnose('after-terminal', `An artifact came after the task was ${task.final}.`, input);
      }
      addArtifact(task, body['artifact'], body, input);
    },
    message: (body, input) =>
      addMessage(taskOf(textOf(body['taskId']), body['contextId'], input), body, input),
  };
}
