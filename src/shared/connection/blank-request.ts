/** The request that nobody has typed yet: every part as it is until somebody sets it. */
import { DEFAULT_LIMITS } from './limits.ts';
import { DEFAULT_TRANSPORT } from './transport.ts';
import { DEFAULT_READ_AS, DEFAULT_RECONNECT, type RequestSpec } from './types.ts';

export const BLANK_REQUEST: RequestSpec = {
  method: 'GET',
  url: '',
  headers: [],
  body: '',
  reconnect: DEFAULT_RECONNECT,
  limits: DEFAULT_LIMITS,
  lastEventId: '',
  transport: DEFAULT_TRANSPORT,
  readAs: DEFAULT_READ_AS,
};
