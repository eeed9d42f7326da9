import { describe, expect, it } from 'vitest';
import { rebuiltExchange } from '../../../../src/shared/protocol/rebuilt-exchange.ts';
import { foldOf } from '../../../support/protocol-stream.ts';

describe('a rebuilt exchange', () => {
  it('is JSON, also where what was sent is nested too deeply to be written down', () => {
    let deep: unknown = 'bottom';
    for (let depth = 0; depth < 4000; depth += 1) deep = { deep };
    const values = [
      { type: 'RUN_STARTED', threadId: 't', runId: 'r' },
      { type: 'CUSTOM', name: 'n', value: deep },
    ];
    const exchange = foldOf(values).view()[0];
    expect(exchange).toBeDefined();
    if (exchange) expect(() => JSON.stringify(rebuiltExchange(exchange))).not.toThrow();
  });

  it('leaves out what the protocol does not have', () => {
    const [exchange] = foldOf([{ jsonrpc: '2.0', id: 1, result: { tools: [] } }]).view();
    expect(exchange && Object.keys(rebuiltExchange(exchange))).not.toContain('runs');
  });
});
