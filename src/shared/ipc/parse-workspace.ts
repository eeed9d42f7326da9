/**
 * Parsers of what the user arranges: requests, the tree of endpoints, the state of the window. Used for commands and for the
 * workspace file alike, so a damaged file is found by the same checks as a wrong call.
 */
import { BLANK_REQUEST } from '../connection/blank-request.ts';
import { DEFAULT_LIMITS, LIMIT_RANGES, type LimitSpec } from '../connection/limits.ts';
import { alertSpec } from './parse-alerts.ts';
import { reconnectPolicy } from './parse-reconnect.ts';
import { transportSpec } from './parse-transport.ts';
import { FRAMINGS } from '../sse/framing.ts';
import type { RequestSpec } from '../connection/types.ts';
import { variables } from './parse-variables.ts';
import type { TreeNode, UiState } from '../workspace/workspace.ts';
import {
  fields,
  flag,
  identifier,
  identifierOrNull,
  integer,
  integerOrNull,
  kinds,
  list,
  number,
  oneOf,
  text,
} from './argument-fields.ts';
import { MAX_CHECKS_CHARS } from './parse-checks.ts';
import { authSpec, bodySpec, cookiesSpec, headerSpec, offParams } from './parse-request-parts.ts';

const MAX_NODES = 20_000;

function limits(value: unknown): LimitSpec {
  const from = { ...DEFAULT_LIMITS, ...fields(value, '"limits"') };
  const size = (name: keyof typeof LIMIT_RANGES) => integer(from, name, ...LIMIT_RANGES[name]);
  return {
    maxEventBytes: size('maxEventBytes'),
    longEvent: oneOf(from, 'longEvent', ['drop', 'keep']),
    maxHeadBytes: size('maxHeadBytes'),
    maxInflation: size('maxInflation'),
    maxInflatedReadBytes: size('maxInflatedReadBytes'),
    maxRefusedBytes: size('maxRefusedBytes'),
    maxSentBytes: size('maxSentBytes'),
  };
}

/** A request as saved or typed; what an older version did not know has its default. Also used when the workspace file is read. */
export function requestSpec(value: unknown): RequestSpec {
  const from = { ...BLANK_REQUEST, ...fields(value, 'the request') };
  return {
    method: text(from, 'method', 64),
    url: text(from, 'url', 1_048_576),
    offParams: offParams(from),
    headers: list(from, 'headers', 10_000).map(headerSpec),
    body: bodySpec(from['body']),
    auth: authSpec(from['auth']),
    cookies: cookiesSpec(from['cookies']),
    reconnect: reconnectPolicy(from['reconnect']),
    limits: limits(from['limits']),
    lastEventId: text(from, 'lastEventId', 1_048_576),
    transport: transportSpec(from['transport']),
    readAs: oneOf(from, 'readAs', ['auto', 'sse-only', ...FRAMINGS]),
    alerts: alertSpec(from['alerts']),
  };
}

function treeNode(value: unknown): TreeNode {
  const from = fields(value, 'a node');
  const common = {
    id: identifier(from, 'id'),
    parentId: identifierOrNull(from, 'parentId'),
    name: text(from, 'name', 4096),
  };
  if (oneOf(from, 'kind', ['folder', 'endpoint']) === 'folder')
    return {
      kind: 'folder',
      ...common,
      open: flag(from, 'open'),
      variables: variables(from['variables'] ?? []),
    };
  return {
    kind: 'endpoint',
    ...common,
    note: text(from, 'note', 65_536),
    request: requestSpec(from['request']),
    ...(from['checks'] === undefined || from['checks'] === ''
      ? {}
      : { checks: text(from, 'checks', MAX_CHECKS_CHARS) }),
  };
}

export function treeNodes(value: unknown): readonly TreeNode[] {
  return list({ nodes: value }, 'nodes', MAX_NODES).map(treeNode);
}

export function uiState(value: unknown): UiState {
  const from = fields(value);
  return {
    theme: oneOf(from, 'theme', ['system', 'light', 'dark']),
    sidebarWidth: number(from, 'sidebarWidth', 0, 10_000),
    sidebarHidden: flag(from, 'sidebarHidden'),
    detailWidth: number(from, 'detailWidth', 0, 10_000),
    tab: oneOf(from, 'tab', ['events', 'timeline', 'completion', 'connection', 'raw', 'checks']),
    detailTab: oneOf(from, 'detailTab', ['data', 'frame', 'timing']),
    completionText: oneOf(from, 'completionText', ['plain', 'markdown']),
    endpointId: identifierOrNull(from, 'endpointId'),
    environmentId: identifierOrNull(from, 'environmentId'),
    sessionId: identifierOrNull(from, 'sessionId'),
    selectedSeq: integerOrNull(from, 'selectedSeq'),
    filter: text(from, 'filter', 65_536),
    hiddenKinds: kinds(from, 'hiddenKinds'),
    redaction: redactionRules(from['redaction']),
    draft: from['draft'] === null ? null : requestSpec(from['draft']),
  };
}

function redactionRules(value: unknown): UiState['redaction'] {
  const from = fields(value, '"redaction"');
  const texts = (name: string) => list(from, name, 200).map((one) => text({ one }, 'one', 1024));
  return { names: texts('names'), texts: texts('texts') };
}
