import { describe, expect, it } from 'vitest';
import type { RequestSpec } from '../../../../src/shared/connection/types.ts';
import type { Environment } from '../../../../src/shared/workspace/workspace.ts';
import { request, stage, start } from '../../../support/live-stage.ts';

describe('live sessions with a secret variable', () => {
  const environment: Environment = {
    id: 'prod',
    name: 'Production',
    variables: [{ name: 'key', value: '', secret: true, enabled: true }],
  };
  const secretRequest: RequestSpec = {
    ...request,
    url: '{{samples}}/{{key}}/events',
    headers: [{ name: 'X-Mine', value: 'k={{key}}', enabled: true }],
  };

  it('send its value and record a mark in its place', async () => {
    const { sessions, calls, logs, connections } = stage({ environment, secrets: { key: 's3cret/value' } });
    const summary = await sessions.start({ ...start, request: secretRequest });
    expect(summary.url).toBe('http://127.0.0.1:9/(hidden: 12 characters)/events');
    expect(calls.at(-1)).toEqual(['start', 's1', 'http://127.0.0.1:9/s3cret/value/events', '7']);
    connections.live
      .get('s1')
      ?.recorder.entry(
        { kind: 'capture-notice', code: 'disk', message: 'k=s3cret/value or s3cret%2Fvalue' },
        1,
      );
    const text = JSON.stringify(await logs.get('s1')?.journal());
    expect(text).toContain('k=(hidden: 12 characters) or (hidden: 12 characters)');
    expect(text).not.toContain('s3cret');
  });

  it('do not start while its value is not known, and say whose it is', async () => {
    const { sessions, calls } = stage({ environment });
    await expect(sessions.start({ ...start, request: secretRequest })).rejects.toMatchObject({
      message:
        'The secret {{key}} of the environment Production has no value here yet. Enter it under Environments.',
    });
    expect(calls).toEqual([]);
  });
});
