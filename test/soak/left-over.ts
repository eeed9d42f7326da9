/** What a process holds open, to be compared before and after: nothing may be left of connections that are over. */
import { readdirSync } from 'node:fs';

export interface Holdings {
  /** Kinds of what keeps the process alive, with their number. */
  readonly resources: Readonly<Record<string, number>>;
  /** Listeners of the process itself, by event. */
  readonly listeners: Readonly<Record<string, number>>;
  /** Open files and sockets; null where the system does not tell. */
  readonly descriptors: number | null;
}

export function holdings(): Holdings {
  return {
    resources: counted(process.getActiveResourcesInfo()),
    listeners: Object.fromEntries(
      process.eventNames().map((name) => [String(name), process.listenerCount(name as 'exit')]),
    ),
    descriptors: descriptors(),
  };
}

/** What there is more of than before, as "3 Timeout". */
export function leftOver(before: Holdings, after: Holdings): string[] {
  const more = (had: Readonly<Record<string, number>>, has: Readonly<Record<string, number>>, what: string) =>
    Object.entries(has).flatMap(([name, count]) => {
      const extra = count - (had[name] ?? 0);
      return extra > 0 ? [`${extra} ${name}${what}`] : [];
    });
  const files = (after.descriptors ?? 0) - (before.descriptors ?? 0);
  return [
    ...more(before.resources, after.resources, ''),
    ...more(before.listeners, after.listeners, ' listener'),
    ...(files > 0 ? [`${files} open files or sockets`] : []),
  ];
}

function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function descriptors(): number | null {
  try {
    // The one that reads the list is among them, before and after.
    return readdirSync('/proc/self/fd').length;
  } catch {
    return null;
  }
}
