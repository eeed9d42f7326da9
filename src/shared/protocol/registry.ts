/** The protocols in the order in which they are asked; the first of equal scores is taken. */
import { createRegistry, type Registry } from '../base/registry.ts';
import { a2a } from './a2a.ts';
import { agUi } from './ag-ui.ts';
import { graphqlSse } from './graphql-sse.ts';
import { mcp } from './mcp.ts';
import type { AnyProtocol, ProtocolInput } from './protocol.ts';

export function createProtocols(): Registry<AnyProtocol> {
  // The state never leaves the protocol that made it, so its type may be forgotten here.
  return createRegistry<AnyProtocol>([mcp, a2a, agUi, graphqlSse]);
}

export interface ProtocolMatch {
  readonly protocol: AnyProtocol;
  readonly score: number;
}

/** The protocol that is surest of the input; null when none claims it. */
export function matchProtocol(protocols: readonly AnyProtocol[], input: ProtocolInput): ProtocolMatch | null {
  let best: ProtocolMatch | null = null;
  for (const protocol of protocols) {
    const score = protocol.score(input);
    if (score > (best?.score ?? 0)) best = { protocol, score };
  }
  return best;
}
