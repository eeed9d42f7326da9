/** Alerts of all live sessions: who asks for some is watched, and what is to be told goes to the desktop. */
import type { Told } from '../../shared/alerts/alert-gate.ts';
import type { Check } from '../../shared/checks/check.ts';
import { readChecks } from '../../shared/checks/read-checks.ts';
import { hasAlerts } from '../../shared/connection/alert-spec.ts';
import { describeEntry } from '../../shared/session/describe-entry.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import type { Workspace } from '../../shared/workspace/workspace.ts';
import { createSchemaFiles } from '../checks/schema-files.ts';
import type { WatchSession } from '../live/session-watch.ts';
import { startAlertWatch, type AlertWatchDeps } from './alert-watch.ts';

/** Something to be told to the user, wherever they are. Plain text: a part of it came from outside. */
export interface AlertNotice {
  readonly sessionId: string;
  /** The name of the session. */
  readonly title: string;
  readonly body: string;
}

export interface AlertsDeps extends Pick<AlertWatchDeps, 'nowMs' | 'after'> {
  readonly byteText: ByteText;
  /** As it is now: the checks of an endpoint are in it, and schemas that they name in its folder. */
  readonly workspace: { readonly workspace: Workspace; readonly folder: string };
  readonly notify: (notice: AlertNotice) => void;
  readonly onFault: (what: string, error: unknown) => void;
}

export function createAlerts(deps: AlertsDeps): WatchSession {
  const checksOf = (endpointId: string | null): readonly Check[] => {
    const { workspace, folder } = deps.workspace;
    const node = workspace.nodes.find(({ id }) => id === endpointId);
    const text = node?.kind === 'endpoint' ? (node.checks ?? '') : '';
    return text === '' ? [] : readChecks(text, { fileText: createSchemaFiles(folder) }).checks;
  };

  return (session) => {
    const { request, reader, endpointId, name: title } = session;
    if (!hasAlerts(request.alerts)) return async () => {};
    const { sessionId } = reader;
    return startAlertWatch(session, {
      byteText: deps.byteText,
      nowMs: deps.nowMs,
      after: deps.after,
      checks: request.alerts.onCheckFailed ? checksOf(endpointId) : [],
      notify: (told) => deps.notify({ sessionId, title, body: bodyOf(told) }),
      onFailure: (error) => deps.onFault(`alerts of the session ${sessionId}`, error),
    });
  };
}

function bodyOf(told: Told): string {
  return describeEntry({ kind: 'alert', ...told });
}
