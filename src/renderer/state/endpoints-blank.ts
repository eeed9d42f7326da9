/** The request of an address that nobody has typed yet. */
import { DEFAULT_RECONNECT, type RequestSpec } from '../../shared/connection/types.ts';

export const BLANK_REQUEST: RequestSpec = {
  method: 'GET',
  url: '',
  headers: [],
  body: '',
  reconnect: DEFAULT_RECONNECT,
  lastEventId: '',
};
