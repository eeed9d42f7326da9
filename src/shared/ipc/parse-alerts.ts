/** The parser of an endpoint's alerts. What is missing is off. A query may be one that is still being typed. */
import { MAX_STALL_MS, NO_ALERTS, type AlertSpec } from '../connection/alert-spec.ts';
import { fields, flag, integer, text } from './argument-fields.ts';

const MAX_QUERY_CHARS = 65_536;

export function alertSpec(value: unknown): AlertSpec {
  const from = { ...NO_ALERTS, ...fields(value, '"alerts"') };
  return {
    matches: text(from, 'matches', MAX_QUERY_CHARS),
    stallMs: integer(from, 'stallMs', 0, MAX_STALL_MS),
    onEnd: flag(from, 'onEnd'),
    onFailure: flag(from, 'onFailure'),
    onCheckFailed: flag(from, 'onCheckFailed'),
  };
}
