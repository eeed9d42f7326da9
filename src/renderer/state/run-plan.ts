/** Which runs a person's choice makes: endpoints, how often, and the composition said in each one's format. Pure. */
import { askedElsewhere } from '../../shared/compose/convert.ts';
import type { ChatFormat, Composition } from '../../shared/compose/composition.ts';
import { readChat } from '../../shared/compose/chat-request.ts';
import type { RequestSpec } from '../../shared/connection/types.ts';
import type { EndpointNode, TreeNode } from '../../shared/workspace/workspace.ts';
import type { Run } from './chat-runs.svelte.ts';

/** An endpoint that can be asked. */
export interface RunTarget {
  /** "" for the request in the form. */
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly model: string;
  /** What it cannot be told, in words. */
  readonly left: readonly string[];
  readonly endpointId: string | null;
  readonly request: RequestSpec;
}

export interface Asked {
  readonly name: string;
  readonly endpointId: string | null;
  readonly request: RequestSpec;
  readonly format: ChatFormat;
  readonly composition: Composition;
}

/** The request itself, and every saved endpoint that the same prompt can be sent to. */
export function runTargets(asked: Asked, nodes: readonly TreeNode[]): readonly RunTarget[] {
  const { format, composition, name, endpointId, request } = asked;
  const own: RunTarget = {
    id: '',
    name,
    label: format.label,
    model: composition.model,
    left: [],
    endpointId,
    request,
  };
  const others = nodes.filter(
    (node): node is EndpointNode => node.kind === 'endpoint' && node.id !== endpointId,
  );
  return [
    own,
    ...others.flatMap((node): RunTarget[] => {
      const reading = readChat(node.request);
      const converted = askedElsewhere(format, composition, node.request);
      if (!reading?.composition || !converted) return [];
      const { label } = reading.format;
      const { model } = reading.composition;
      return [{ id: node.id, endpointId: node.id, name: node.name, label, model, ...converted }];
    }),
  ];
}

/** Each target `times` times; the rounds take turns, so that a slow hour is fair to all. */
export function runsOf(targets: readonly RunTarget[], times: number): readonly Run[] {
  return Array.from({ length: times }, (_, round) =>
    targets.map(({ name, endpointId, request }) => ({
      name: times === 1 ? name : `${name} run ${round + 1}/${times}`,
      endpointId,
      request,
    })),
  ).flat();
}
