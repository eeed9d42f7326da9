/**
 * The request in the address bar: what is saved, or the draft that differs from it. Saves it, and tells a live connection what
 * its next attempt shall ask for.
 */
import { composeRequest } from '../../shared/connection/request-message.ts';
import type { RequestSpec } from '../../shared/connection/types.ts';
import type { SnippetFormat } from '../../shared/snippet/snippet.ts';
import { substituteRequest, type Variables } from '../../shared/workspace/variables.ts';
import type { EndpointNode } from '../../shared/workspace/workspace.ts';
import type { Asks } from './app-asks.ts';
import type { UiKeeper } from './app-ui.svelte.ts';
import type { Connections } from './connections.svelte.ts';
import { nameOfAddress } from './endpoints-address.ts';
import { parseCurl, toCurl } from './endpoints-curl.ts';
import { createDrafts, sameRequest } from './endpoints-draft.svelte.ts';
import { BLANK_REQUEST } from '../../shared/connection/blank-request.ts';
import type { Endpoints } from './endpoints.svelte.ts';
import type { Notices } from './undo.svelte.ts';

export interface RequestForm {
  /** The endpoint in the address bar; undefined for an address that is not saved. */
  readonly endpoint: EndpointNode | undefined;
  readonly request: RequestSpec;
  /** Whether it differs from what is saved. */
  readonly unsaved: boolean;
  /** Changed since the live stream asked for it; its next attempt will ask for this one. */
  readonly pending: boolean;
  /** Why the live stream's next attempt will not ask for it; null when it will. */
  readonly refusal: string | null;
  isEdited(endpointId: string): boolean;
  /** Puts an endpoint into the bar, with its draft if it has one. */
  show(endpointId: string | null): void;
  /** Puts an address that is not saved into the bar. */
  showNew(request: RequestSpec): void;
  /** The bar for a session whose endpoint is gone: its address, unless the unsaved one is the same already. */
  showAddress(method: string, url: string): void;
  edit(patch: Partial<RequestSpec>): void;
  /** Puts the request of a curl command into the bar; false when the text is none. */
  editFromCurl(command: string): boolean;
  /** The request as a curl command, with the values of variables that are known. */
  asCurl(): string;
  /** The request as a program. */
  asSnippet(format: SnippetFormat): string;
  discard(): void;
  /** Saves the request: into its endpoint, or as a new one. */
  save(): void;
  /** A connection was started with this request. */
  started(sessionId: string, request: RequestSpec): void;
  /** Takes the draft that was kept from the last time. */
  restore(): void;
  dispose(): void;
}

export interface RequestFormDeps {
  readonly keeper: UiKeeper;
  readonly endpoints: Endpoints;
  readonly connections: Connections;
  readonly notices: Notices;
  readonly asks: Asks;
  /** The session that an edit concerns. */
  readonly liveId: () => string | null;
  readonly variables: () => Variables;
}

/** Typing rests this long before the connection is told. */
const TELL_AFTER_MS = 300;

export function createRequestForm(deps: RequestFormDeps): RequestForm {
  const { keeper, endpoints, connections, notices, asks } = deps;
  const drafts = createDrafts();
  /** What the stream started from here asked for with its attempt number `attempt`. */
  let asked = $state.raw<{ sessionId: string; request: RequestSpec; attempt: number } | null>(null);
  /** What it was told to ask for next. */
  let told: RequestSpec | null = null;
  let refusal = $state.raw<{ sessionId: string; why: string } | null>(null);
  let telling: ReturnType<typeof setTimeout> | undefined;

  const endpoint = $derived(endpoints.endpoint(keeper.value.endpointId));
  const request = $derived(keeper.value.draft ?? endpoint?.request ?? BLANK_REQUEST);
  const pending = $derived.by(() => {
    const liveId = deps.liveId();
    if (liveId === null || asked?.sessionId !== liveId || sameRequest(request, asked.request)) return false;
    return attemptOf(liveId) <= asked.attempt;
  });

  function attemptOf(sessionId: string): number {
    return connections.statuses.get(sessionId)?.attempt ?? 0;
  }

  function tell(sessionId: string, next: RequestSpec): void {
    const attempt = attemptOf(sessionId);
    // An attempt that began since then asked for what was told last.
    if (asked?.sessionId === sessionId && attempt > asked.attempt)
      asked = { sessionId, request: told ?? asked.request, attempt };
    clearTimeout(telling);
    telling = setTimeout(() => {
      if (!connections.isLive(sessionId)) return;
      void connections.update(sessionId, keeper.value.environmentId, next).then((why) => {
        refusal = why === null ? null : { sessionId, why };
        if (why === null) told = next;
      });
    }, TELL_AFTER_MS);
  }

  const form: RequestForm = {
    get endpoint() {
      return endpoint;
    },
    get request() {
      return request;
    },
    get unsaved() {
      return endpoint ? keeper.value.draft !== null : request.url !== '';
    },
    get pending() {
      return pending;
    },
    get refusal() {
      return refusal !== null && refusal.sessionId === deps.liveId() ? refusal.why : null;
    },
    isEdited: drafts.has,
    show(endpointId) {
      keeper.set({ endpointId, draft: drafts.of(endpointId) });
    },
    showNew(spec) {
      drafts.keep(null, spec, undefined);
      form.show(null);
    },
    showAddress(method, url) {
      const scratch = drafts.of(null);
      if (scratch?.url === url && scratch.method === method) form.show(null);
      else form.showNew({ ...BLANK_REQUEST, method, url });
    },
    edit(patch) {
      const next = { ...request, ...patch };
      keeper.set({ draft: drafts.keep(keeper.value.endpointId, next, endpoint?.request) });
      const liveId = deps.liveId();
      if (liveId !== null) tell(liveId, next);
    },
    editFromCurl(command) {
      const read = parseCurl(command);
      if (!read) return false;
      const { notes, ...patch } = read;
      form.edit(patch);
      for (const note of notes) notices.show({ tone: 'bad', text: note });
      return true;
    },
    asCurl() {
      try {
        return toCurl(substituteRequest(request, deps.variables()));
      } catch {
        // With an unknown variable the command is as incomplete as the request.
        return toCurl(request);
      }
    },
    asSnippet(format) {
      let filled = request;
      try {
        filled = substituteRequest(request, deps.variables());
      } catch {
        // With an unknown variable the program is as incomplete as the request.
      }
      return format.write(composeRequest(filled, filled.lastEventId).message);
    },
    discard() {
      const discarded = keeper.value.draft;
      const from = keeper.value.endpointId;
      if (!discarded || !endpoint) return;
      form.edit(endpoint.request);
      notices.undoable('Discarded the changes', () => {
        drafts.keep(from, discarded, endpoints.endpoint(from)?.request);
        if (keeper.value.endpointId === from) form.show(from);
      });
    },
    save() {
      if (endpoint) {
        const { id } = endpoint;
        endpoints.saveRequest(id, request);
        drafts.forget(id);
        form.show(id);
        return;
      }
      const added = endpoints.addEndpoint(null, nameOfAddress(request.url), request);
      drafts.forget(null);
      form.show(added.id);
      asks.send('rename-endpoint');
    },
    started(sessionId, sent) {
      asked = { sessionId, request: sent, attempt: 1 };
      told = sent;
      refusal = null;
    },
    restore() {
      const { draft, endpointId } = keeper.value;
      if (draft) drafts.keep(endpointId, draft, endpoints.endpoint(endpointId)?.request);
    },
    dispose: () => clearTimeout(telling),
  };
  return form;
}
