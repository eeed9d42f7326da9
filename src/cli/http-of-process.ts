/** The HTTP port of a command: with the proxies of the environment, and a warning where certificates are not verified. */
import { environmentProxy } from '../main/connections/proxy-route.ts';
import type { HttpPort } from '../main/connections/http-port.ts';
import { createUndiciHttpPort } from '../main/connections/undici-http-port.ts';
import type { Clock } from '../shared/base/clock.ts';
import type { RequestSpec } from '../shared/connection/types.ts';
import type { CommandIo } from './command.ts';

export function httpOfProcess(
  { nowMs }: Clock,
  request: RequestSpec,
  { note }: Pick<CommandIo, 'note'>,
): HttpPort {
  if (request.transport.tls.unverified)
    note('Warning: certificates are not verified (--insecure). Whoever answers is believed.');
  return createUndiciHttpPort({ nowMs, systemProxy: environmentProxy(process.env) });
}
