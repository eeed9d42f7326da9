/** Exceptions and errors that AWS sends as messages of their own inside an event stream, such as throttlingException. */
import type { DialectEvent } from './dialect.ts';
import { objectOf, textOf } from './json-read.ts';

const FAULT = /^[A-Za-z]+(?:Exception|Error|Failure|Timeout)$/;

/** The event as an error that every dialect understands; null when it is none. */
export function faultOf(event: DialectEvent): DialectEvent | null {
  if (!FAULT.test(event.type)) return null;
  const json = objectOf(event.json);
  const message = textOf(json?.['message']) || textOf(json?.['originalMessage']) || event.data;
  return { ...event, type: 'error', json: { error: { ...json, type: event.type, message } } };
}
