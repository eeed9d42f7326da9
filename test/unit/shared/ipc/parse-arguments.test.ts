import { DEFAULT_REPLAY } from '../../../../src/shared/replay/replay-options.ts';
import { describe, expect, it } from 'vitest';
import { BLANK_TAP } from '../../../../src/shared/tap/tap-spec.ts';
import { commands } from '../../../../src/shared/ipc/contract.ts';
import { CodedError } from '../../../../src/shared/ipc/envelope.ts';
import { BLANK_REQUEST } from '../../../../src/shared/connection/blank-request.ts';
import { DEFAULT_RECONNECT, type RequestSpec } from '../../../../src/shared/connection/types.ts';
import {
  DEFAULT_UI,
  type EndpointNode,
  type FolderNode,
} from '../../../../src/shared/workspace/workspace.ts';
import { bodyOfText } from '../../../../src/shared/connection/request-body.ts';

const request: RequestSpec = {
  ...BLANK_REQUEST,
  method: 'POST',
  url: '{{samples}}/v1/chat/completions',
  headers: [{ name: 'Accept', value: 'text/event-stream', enabled: false }],
  body: bodyOfText('{"stream":true}'),
  reconnect: DEFAULT_RECONNECT,
  lastEventId: '',
};
const folder: FolderNode = {
  kind: 'folder',
  id: 'f1',
  parentId: null,
  name: 'Samples',
  open: true,
  variables: [],
};
const endpoint: EndpointNode = {
  kind: 'endpoint',
  id: 'e1',
  parentId: 'f1',
  name: 'Chat',
  note: 'An answer as it is written',
  request,
};

/** One good argument a command; null for those that take none. */
const good: Record<keyof typeof commands, unknown> = {
  'app:info': null,
  'workspace:read': null,
  'workspace:save-nodes': [folder, endpoint],
  'workspace:save-ui': {
    ...DEFAULT_UI,
    draft: request,
    selectedSeq: 12,
    hiddenKinds: ['comment', 'attempt-end'],
  },
  'workspace:save-environments': [
    { id: 'prod', name: 'Production', variables: [{ name: 'a', value: '1', secret: false, enabled: true }] },
  ],
  'workspace:folder': null,
  'workspace:choose-folder': null,
  'workspace:reveal-folder': null,
  'secrets:state': null,
  'secrets:set': { ref: { ownerId: 'prod', name: 'key' }, value: 's' },
  'secrets:reveal': { ownerId: 'prod', name: 'key' },
  'secrets:keep': { keeping: 'file' },
  'connection:start': { endpointId: 'e1', environmentId: 'prod', name: 'Chat', request },
  'connection:stop': { sessionId: 's1' },
  'connection:reconnect-now': { sessionId: 's1' },
  'connection:steer': { sessionId: 's1', action: { kind: 'set-last-event-id', lastEventId: '7' } },
  'connection:update': { sessionId: 's1', environmentId: null, request },
  'connection:status-all': null,
  'session:list': null,
  'session:summary': { sessionId: 's1' },
  'session:open-folder': null,
  'dialog:choose-file': { purpose: 'key' },
  'file:look': { path: '/x' },
  'cookies:list': { folderId: null },
  'cookies:add': { folderId: 'f', url: 'http://h/', line: 'a=1' },
  'cookies:set-value': { folderId: null, key: { name: 'a', domain: 'h', path: '/' }, value: '2' },
  'cookies:remove': { folderId: null, key: { name: 'a', domain: 'h', path: '/' } },
  'cookies:clear': { folderId: null },
  'session:rename': { sessionId: 's1', name: 'Goals' },
  'session-file:open': { path: '/x.streamscope' },
  'session-file:choose': null,
  'session-file:cancel': { jobId: 'j1' },
  'session:reveal': { sessionId: 's1' },
  'session:delete-many': { sessionIds: ['s1'] },
  'session:restore-many': { sessionIds: ['s1'] },
  'settings:read': null,
  'settings:write': { retention: { maxAgeDays: 30, maxBytes: null } },
  'session:describe': { sessionId: 's1', labels: { tags: ['keep'], notes: 'Late', pinned: true } },
  'annotations:list': { sessionId: 's1' },
  'annotations:change': { sessionId: 's1', changes: [{ seq: 4, bookmarked: true, note: '' }] },
  'session:delete': { sessionId: 's1' },
  'session:restore': { sessionId: 's1' },
  'session:rows': { sessionId: 's1', viewId: null, from: 0, count: 100 },
  'session:row-of-entry': { sessionId: 's1', viewId: 'v1', seq: 3 },
  'session:entry': { sessionId: 's1', seq: 3, maxBytes: 65_536 },
  'session:wire': { sessionId: 's1', offset: 0, length: 4096 },
  'session:frames': { sessionId: 's1', fromSeq: 0, maxBytes: 4096 },
  'session:journal': { sessionId: 's1' },
  'session:timeline': { sessionId: 's1', fromMs: -0.5, toMs: 1000.25, buckets: 800 },
  'view:open': { sessionId: 's1', filter: { hiddenKinds: ['comment'], text: 'type:goal' } },
  'view:within': { viewId: 'v1', from: 3, to: 90 },
  'view:stop': { viewId: 'v1' },
  'view:close': { viewId: 'v1' },
  'diff:open': { left: 'a', right: 'b', by: 'id', byValue: true, ignoredKeys: [] },
  'diff:rows': { diffId: 'diff-1', shown: 'all', from: 0, count: 10 },
  'diff:close': { diffId: 'diff-1' },
  'checks:open': { sessionId: 's1', text: '- ids: rising' },
  'checks:close': { runId: 'checks-1' },
  'session:vocabulary': { sessionId: 's1' },
  'search:start': { query: 'type:goal' },
  'search:cancel': null,
  'search:ranges': { query: 'data~/a+/', texts: ['banana'] },
  'feed:watch': { sessionId: 's1' },
  'feed:ack': { sessionId: 's1', batch: 4 },
  'feed:unwatch': { sessionId: 's1' },
  'replay:list': null,
  'replay:open': { sessionId: 's1' },
  'replay:start': { replayId: 'replay-1' },
  'replay:stop': { replayId: 'replay-1' },
  'replay:remove': { replayId: 'replay-1' },
  'replay:update': { replayId: 'replay-1', options: DEFAULT_REPLAY, faults: 'faults: []' },
  'replay:save-faults': { replayId: 'replay-1' },
  'replay:control': { replayId: 'replay-1', client: 3, action: 'step' },
  'replay:forget-attempts': { replayId: 'replay-1' },
  'export:formats': null,
  'export:save': {
    sessionId: 's1',
    formatId: 'ndjson',
    scope: { kind: 'range', range: { from: 0, to: 5 } },
    includeSecrets: false,
  },
  'export:look': {
    sessionId: 's1',
    scope: { kind: 'filter', filter: { hiddenKinds: ['comment'], text: 'x' } },
  },
  'import:choose': null,
  'import:begin': { name: 'a.har' },
  'import:add': { importId: 'import-1', bytes: new Uint8Array([1]) },
  'import:look': { importId: 'import-1' },
  'import:run': { importId: 'import-1', chosen: [0, 2] },
  'import:cancel': { importId: 'import-1' },
  'export:cancel': { jobId: 'j1' },
  'export:reveal': { jobId: 'j1' },
  'tap:list': null,
  'tap:save': { ...BLANK_TAP, id: 't1', target: 'https://api.openai.com' },
  'tap:remove': { tapId: 't1' },
  'tap:start': { tapId: 't1' },
  'tap:stop': { tapId: 't1' },
  'tap:exchanges': { tapId: 't1' },
  'tap:held': { tapId: 't1' },
  'tap:decide': { tapId: 't1', heldId: 1, verdict: { kind: 'release' } },
};
const parserOf = (name: string): ((value: unknown) => unknown) =>
  commands[name as keyof typeof commands].parse;
const withArguments = Object.entries(good).filter(([, args]) => args !== null);

describe('argument parsers', () => {
  it.each(withArguments)('%s returns a good argument as it is', (name, args) => {
    expect(parserOf(name)(args)).toEqual(args);
  });

  it.each(withArguments)('%s refuses every argument with one field of another type', (name, args) => {
    const fields = Array.isArray(args) ? [] : Object.keys(args as object);
    for (const field of fields) {
      const broken = { ...(args as object), [field]: Symbol.for('wrong') };
      expect(() => parserOf(name)(broken), `${name} with a wrong ${field}`).toThrow(CodedError);
    }
    for (const broken of [undefined, null, 7, 'text', [[]], true]) {
      expect(() => parserOf(name)(broken), `${name} with ${JSON.stringify(broken)}`).toThrow(CodedError);
    }
  });

  it.each(Object.entries(good).filter(([, args]) => args === null))('%s takes no argument', (name) => {
    expect(parserOf(name)(undefined)).toBeUndefined();
    expect(() => parserOf(name)({})).toThrow('none are expected');
  });

  it.each([['../x'], ['a/b'], ['a\\b'], ['.'], [''], ['a.b'], ['-x'], ['x'.repeat(129)], ['é'], ['a\u0000']])(
    'refuses the session id %j, which would become part of a path',
    (sessionId) => {
      expect(() => parserOf('session:delete')({ sessionId })).toThrow('"sessionId"');
    },
  );

  it.each([[-1], [1.5], [Number.NaN], [Infinity], [2 ** 53], ['3']])('refuses the entry number %j', (seq) => {
    expect(() => parserOf('session:entry')({ sessionId: 's1', seq, maxBytes: 1 })).toThrow('"seq"');
  });

  it('limits how much one call may ask for', () => {
    expect(() => parserOf('session:rows')({ sessionId: 's', viewId: null, from: 0, count: 1025 })).toThrow(
      '"count"',
    );
    expect(() => parserOf('session:wire')({ sessionId: 's', offset: 0, length: 2 ** 25 })).toThrow(
      '"length"',
    );
  });

  it('refuses a tree node of an unknown kind and kinds that no entry has', () => {
    expect(() => parserOf('workspace:save-nodes')([{ ...folder, kind: 'drawer' }])).toThrow('"kind"');
    expect(() => parserOf('workspace:save-ui')({ ...DEFAULT_UI, hiddenKinds: ['nothing'] })).toThrow(
      '"kind"',
    );
  });

  it('refuses an export range that ends before it begins', () => {
    const range = { from: 5, to: 4 };
    const scope = { kind: 'range', range };
    const argument = { sessionId: 's', formatId: 'json', scope, includeSecrets: false };
    expect(() => parserOf('export:save')(argument)).toThrow('"range"');
  });
});
