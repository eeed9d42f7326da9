/** The request that an attempt would send, as text for people. Secrets are hidden as they are in the journal. Pure. */
import { describeBody } from '../../../shared/connection/request-body.ts';
import { authSecrets } from '../../../shared/connection/request-auth.ts';
import { composeRequest } from '../../../shared/connection/request-message.ts';
import type { RequestSpec } from '../../../shared/connection/types.ts';
import { hideSecrets } from '../../../shared/session/hide-secrets.ts';
import { redactBody, redactHeaders, redactText, redactUrl } from '../../../shared/session/redact.ts';
import { substituteRequest, type Variables } from '../../../shared/workspace/variables.ts';

export interface RequestPreview {
  /** Why it cannot be sent, or "". */
  readonly problem: string;
  readonly text: string;
  /** What is only known when it is sent. */
  readonly notes: readonly string[];
}

/** A preview shows this much of a body. */
const BODY_CHARS = 20_000;

export function previewOf(request: RequestSpec, variables: Variables): RequestPreview {
  let filled: RequestSpec;
  try {
    filled = substituteRequest(request, variables);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error), text: '', notes: [] };
  }
  const { message, note, failure } = composeRequest(filled, filled.lastEventId);
  const body = describeBody(message.body);
  const cut = body.length > BODY_CHARS ? `${body.slice(0, BODY_CHARS)}…` : body;
  const shown = hideSecrets(
    { url: redactUrl(message.url), headers: redactHeaders(message.headers), body: redactBody(cut) },
    authSecrets(filled.auth),
  );
  const lines = [
    `${message.method} ${shown.url}`,
    ...shown.headers.map(([name, value]) => `${name}: ${value}`),
  ];
  const notes = [
    ...(message.oauth2
      ? [`Authorization: Bearer …, with a token from ${redactUrl(message.oauth2.tokenUrl)}`]
      : []),
    ...(typeof message.body === 'string' ? [] : ['Content-Length, from the sizes of the files']),
    ...(filled.cookies.jar ? ["Cookie, with those of the folder's jar that match"] : []),
  ];
  return {
    problem: redactText(failure?.message ?? note),
    text: failure ? '' : [...lines, ...(shown.body === '' ? [] : ['', shown.body])].join('\n'),
    notes: failure || notes.length === 0 ? [] : [`Added when it is sent: ${notes.join('; ')}.`],
  };
}
