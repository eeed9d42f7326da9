/**
 * What the JSON of A2A looks like: v1 wraps each result in a field that names it, v0.3 says it in `kind`. Owns recognising and
 * reading; what the messages do to a task is in a2a.ts.
 */
import { jsonTextOf, listOf, objectOf, textOf, type JsonObject } from '../chat/json-read.ts';

export type A2aKind = 'task' | 'message' | 'status-update' | 'artifact-update';
export type A2aVersion = 'v1' | 'v0.3';

export interface A2aResult {
  readonly kind: A2aKind;
  readonly version: A2aVersion;
  readonly body: JsonObject;
}

const WRAPPERS: ReadonlyMap<string, A2aKind> = new Map([
  ['task', 'task'],
  ['message', 'message'],
  ['statusUpdate', 'status-update'],
  ['artifactUpdate', 'artifact-update'],
]);
const KINDS: ReadonlySet<string> = new Set(WRAPPERS.values());

const METHODS =
  /^(?:message\/(?:send|stream)|tasks\/(?:get|cancel|resubscribe|pushNotificationConfig\/\w+)|agent\/getAuthenticatedExtendedCard|SendMessage|SendStreamingMessage|GetTask|ListTasks|CancelTask|SubscribeToTask|GetExtendedAgentCard)$/;

/** The task, message or update in a result; null when it is none. */
export function a2aResultOf(value: unknown): A2aResult | null {
  const result = objectOf(value);
  if (!result) return null;
  const kind = textOf(result['kind']);
  if (KINDS.has(kind)) return { kind: kind as A2aKind, version: 'v0.3', body: result };
  for (const [name, wrapped] of WRAPPERS) {
    const body = objectOf(result[name]);
    if (body && fits(wrapped, body)) return { kind: wrapped, version: 'v1', body };
  }
  return null;
}

/** Whether a wrapped value has what its name promises: the names alone are everybody's. */
function fits(kind: A2aKind, body: JsonObject): boolean {
  switch (kind) {
    case 'task':
      return typeof body['id'] === 'string' && objectOf(body['status']) !== null;
    case 'message':
      return Array.isArray(body['parts']);
    case 'status-update':
      return typeof body['taskId'] === 'string' && objectOf(body['status']) !== null;
    case 'artifact-update':
      return typeof body['taskId'] === 'string' && objectOf(body['artifact']) !== null;
  }
}

export function isA2aMethod(method: unknown): boolean {
  return METHODS.test(textOf(method));
}

/** Whether a JSON-RPC message can only be A2A's. `tasks/get` and `tasks/cancel` are MCP's as well, so there it is not sure. */
export function isA2aRpc(value: unknown): boolean {
  const message = objectOf(Array.isArray(value) ? (value[0] as unknown) : value);
  if (message?.['jsonrpc'] !== '2.0') return false;
  const method = textOf(message['method']);
  if (method !== '') return isA2aMethod(method) && method !== 'tasks/get' && method !== 'tasks/cancel';
  return a2aResultOf(message['result']) !== null;
}

/** `working` for `TASK_STATE_WORKING` and for `working`. */
export function taskStateOf(value: unknown): string {
  const state = textOf(value)
    .replace(/^TASK_STATE_/, '')
    .toLowerCase()
    .replaceAll('_', '-');
  return state === 'cancelled' ? 'canceled' : state;
}

export const TERMINAL_STATES: ReadonlySet<string> = new Set(['completed', 'failed', 'canceled', 'rejected']);
export const PAUSED_STATES: ReadonlySet<string> = new Set(['input-required', 'auth-required']);

/** The text of a part; null when it is no text. */
export function partText(part: unknown): string | null {
  const text = objectOf(part)?.['text'];
  return typeof text === 'string' ? text : null;
}

/** The parts of a message in words. */
export function partsText(parts: unknown): string {
  return listOf(parts)
    .map((part) => partText(part) ?? jsonTextOf(objectOf(part)?.['data'] ?? part))
    .join('');
}
