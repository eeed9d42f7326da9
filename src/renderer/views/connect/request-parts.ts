/** The parts of a request that unfold below the address, in their order: one line a part, each with its form. */
import type { Component } from 'svelte';
import { changedSettings } from '../../../shared/connection/reconnect-settings.ts';
import type { ReconnectPolicy, RequestSpec } from '../../../shared/connection/types.ts';
import { FRAMING_LABELS } from '../../../shared/sse/framing.ts';
import { hasAlerts } from '../../../shared/connection/alert-spec.ts';
import AlertsForm from './AlertsForm.svelte';
import ReadAsForm from './ReadAsForm.svelte';
import LimitsForm from './LimitsForm.svelte';
import { hasOwnLimits } from './limit-fields.ts';
import { paramRows } from '../../../shared/connection/request-params.ts';
import AuthForm from './AuthForm.svelte';
import BodyForm from './BodyForm.svelte';
import CookiesForm from './CookiesForm.svelte';
import HeadersForm from './HeadersForm.svelte';
import ParamsTable from './ParamsTable.svelte';
import ReconnectForm from './ReconnectForm.svelte';
import RequestPreview from './RequestPreview.svelte';
import TransportForm from './TransportForm.svelte';
import { transportNote } from './transport-note.ts';

export interface RequestPart {
  readonly id: string;
  readonly label: string;
  readonly form: Component;
  /** A count, a word or a dot beside the label when something is set that is not the default; else "". */
  readonly note: (request: RequestSpec) => string;
}

export const REQUEST_PARTS: readonly RequestPart[] = [
  { id: 'params', label: 'Params', form: ParamsTable, note: (request) => count(paramRows(request)) },
  { id: 'headers', label: 'Headers', form: HeadersForm, note: (request) => count(request.headers) },
  { id: 'body', label: 'Body', form: BodyForm, note: ({ body }) => (body.kind === 'none' ? '' : '•') },
  { id: 'auth', label: 'Auth', form: AuthForm, note: ({ auth }) => (auth.kind === 'none' ? '' : '•') },
  { id: 'cookies', label: 'Cookies', form: CookiesForm, note: ({ cookies }) => (cookies.jar ? '•' : '') },
  {
    id: 'reconnect',
    label: 'Reconnect',
    form: ReconnectForm,
    note: ({ reconnect, method }) => reconnectNote(reconnect, method),
  },
  {
    id: 'transport',
    label: 'TLS and proxy',
    form: TransportForm,
    note: ({ transport }) => transportNote(transport),
  },
  {
    id: 'limits',
    label: 'Limits',
    form: LimitsForm,
    note: ({ limits }) => (hasOwnLimits(limits) ? '•' : ''),
  },
  {
    id: 'answer',
    label: 'Answer',
    form: ReadAsForm,
    note: ({ readAs }) =>
      readAs === 'auto' ? '' : readAs === 'sse-only' ? 'event streams' : FRAMING_LABELS[readAs],
  },
  {
    id: 'alerts',
    label: 'Alerts',
    form: AlertsForm,
    note: ({ alerts }) => (hasAlerts(alerts) ? '•' : ''),
  },
  { id: 'preview', label: 'Preview', form: RequestPreview, note: () => '' },
];

/** The preset when it was chosen, and a mark when something differs from it. */
function reconnectNote(policy: ReconnectPolicy, method: string): string {
  const words = { auto: '', browser: 'browser', resilient: 'resilient', 'one-answer': 'one answer' };
  return `${words[policy.preset]}${changedSettings(policy, method).length > 0 ? ' •' : ''}`.trim();
}

/** How many rows of a table are sent, as a note. */
function count(rows: readonly { readonly name: string; readonly enabled: boolean }[]): string {
  const sent = rows.filter((row) => row.enabled && row.name !== '').length;
  return sent > 0 ? String(sent) : '';
}
