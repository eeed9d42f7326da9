/**
 * The request in the address bar while it differs from what is saved. Each endpoint keeps its own draft while the window is
 * open, and so does an address that is not saved, so that looking at another endpoint loses nothing.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { RequestSpec } from '../../shared/connection/types.ts';

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

/** Requests are plain data, so every field of one is compared without being named here. */
export function sameRequest(a: RequestSpec, b: RequestSpec): boolean {
  return sameData(a, b);
}

function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length || Array.isArray(a) !== Array.isArray(b)) return false;
  return names.every((name) =>
    sameData((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]),
  );
}
