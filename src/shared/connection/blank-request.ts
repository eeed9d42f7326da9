/** The request that nobody has typed yet: every part as it is until somebody sets it. */
import { NO_ALERTS } from './alert-spec.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { DEFAULT_TRANSPORT } from './transport.ts';
import { DEFAULT_AUTH } from './request-auth.ts';
import { DEFAULT_BODY } from './request-body.ts';
import { DEFAULT_COOKIES, DEFAULT_READ_AS, DEFAULT_RECONNECT, type RequestSpec } from './types.ts';

export const BLANK_REQUEST: RequestSpec = {
  method: 'GET',
  url: '',
  offParams: [],
  headers: [],
  body: DEFAULT_BODY,
  auth: DEFAULT_AUTH,
  cookies: DEFAULT_COOKIES,
  reconnect: DEFAULT_RECONNECT,
  limits: DEFAULT_LIMITS,
  lastEventId: '',
  transport: DEFAULT_TRANSPORT,
  readAs: DEFAULT_READ_AS,
  alerts: NO_ALERTS,
};
