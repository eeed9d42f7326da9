/**
 * The request in the address bar while it differs from what is saved. Each endpoint keeps its own draft while the window is
 * open, and so does an address that is not saved, so that looking at another endpoint loses nothing.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { HeaderSpec, RequestSpec } from '../../shared/connection/types.ts';

export interface Drafts {
  of(endpointId: string | null): RequestSpec | null;
  has(endpointId: string): boolean;
  /** Keeps `request`, or forgets the draft when it is what is saved. Returns the draft that is left. */
  keep(endpointId: string | null, request: RequestSpec, saved: RequestSpec | undefined): RequestSpec | null;
  forget(endpointId: string | null): void;
}

const UNSAVED = '';

export function createDrafts(): Drafts {
  const drafts = new SvelteMap<string, RequestSpec>();
  return {
    of: (endpointId) => drafts.get(endpointId ?? UNSAVED) ?? null,
    has: (endpointId) => drafts.has(endpointId),
    keep(endpointId, request, saved) {
      const same = saved !== undefined && sameRequest(request, saved);
      if (same) drafts.delete(endpointId ?? UNSAVED);
      else drafts.set(endpointId ?? UNSAVED, request);
      return same ? null : request;
    },
    forget: (endpointId) => void drafts.delete(endpointId ?? UNSAVED),
  };
}

export function sameRequest(a: RequestSpec, b: RequestSpec): boolean {
  return (
    a.method === b.method &&
    a.url === b.url &&
    a.body === b.body &&
    a.lastEventId === b.lastEventId &&
    a.reconnect.mode === b.reconnect.mode &&
    a.reconnect.initialDelayMs === b.reconnect.initialDelayMs &&
    a.reconnect.floorMs === b.reconnect.floorMs &&
    a.reconnect.maxDelayMs === b.reconnect.maxDelayMs &&
    a.headers.length === b.headers.length &&
    a.headers.every((header, at) => sameHeader(header, b.headers[at]))
  );
}

function sameHeader(a: HeaderSpec, b: HeaderSpec | undefined): boolean {
  return a.name === b?.name && a.value === b.value && a.enabled === b.enabled;
}
