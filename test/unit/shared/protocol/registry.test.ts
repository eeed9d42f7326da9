import { describe, expect, it } from 'vitest';
import { createProtocols, matchProtocol } from '../../../../src/shared/protocol/registry.ts';

const match = (json: unknown, type = 'message') => {
  const data = JSON.stringify(json);
  const event = {
    what: 'event' as const,
    type,
    data,
    id: null,
    json: () => json,
    seq: 0,
    atMs: 0,
    attempt: 1,
  };
  return matchProtocol(createProtocols().all(), event)?.protocol.id;
};

describe('the list of protocols', () => {
  it.each([
    [{ jsonrpc: '2.0', id: 1, result: {} }, 'mcp'],
    [[{ jsonrpc: '2.0', method: 'notifications/progress' }], 'mcp'],
    [{ jsonrpc: '2.0', id: 1, result: { kind: 'status-update', status: {} } }, 'a2a'],
    [{ jsonrpc: '2.0', id: 1, result: { task: { id: 't', status: {} } } }, 'a2a'],
    [{ statusUpdate: { taskId: 't', status: { state: 'TASK_STATE_WORKING' } } }, 'a2a'],
    [{ type: 'RUN_STARTED' }, 'ag-ui'],
    [{ type: 'TEXT_MESSAGE_CHUNK' }, 'ag-ui'],
  ])('gives %j to the right one', (json, id) => {
    expect(match(json)).toBe(id);
  });

  it('knows GraphQL by the name of the event and by what is in it', () => {
    expect(match({ data: {} }, 'next')).toBe('graphql-sse');
    expect(match({ id: 'a', payload: { errors: [] } }, 'next')).toBe('graphql-sse');
    expect(match({ page: 2 }, 'next')).toBeUndefined();
  });
});
