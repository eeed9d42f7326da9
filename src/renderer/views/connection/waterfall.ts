/** How long each step of an attempt took, up to the first byte of the body. Pure. */
import type { AttemptTimings } from '../../../shared/session/entry.ts';

export interface Step {
  readonly id: 'dns' | 'connect' | 'proxy' | 'tls' | 'head' | 'body';
  readonly label: string;
  readonly note: string;
  /** Since the attempt began. */
  readonly fromMs: number;
  readonly toMs: number;
}

const STEPS = [
  { id: 'dns', key: 'dnsMs', label: 'DNS', note: 'Looking up the name' },
  { id: 'connect', key: 'connectMs', label: 'TCP', note: 'Opening the connection' },
  { id: 'proxy', key: 'proxyMs', label: 'Proxy', note: 'Until the proxy opened the way' },
  { id: 'tls', key: 'tlsMs', label: 'TLS', note: 'Agreeing on keys' },
  { id: 'head', key: 'headMs', label: 'Head', note: 'Sending the request, until the response head came' },
  {
    id: 'body',
    key: 'firstByteMs',
    label: 'First byte',
    note: 'From the head to the first byte of the body',
  },
] as const;

/** The steps that happened, in order; each begins where the one before it ended. */
export function stepsOf(timings: AttemptTimings): readonly Step[] {
  let fromMs = 0;
  return STEPS.flatMap(({ id, key, label, note }) => {
    const toMs = timings[key];
    if (toMs === null || toMs === undefined) return [];
    const step = { id, label, note, fromMs, toMs: Math.max(fromMs, toMs) };
    fromMs = step.toMs;
    return [step];
  });
}
