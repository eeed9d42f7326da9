/** Parsers of what the window says about taps; also of their file. */
import { DEFAULT_TRANSPORT } from '../connection/transport.ts';
import { BLANK_TAP, type TapSpec } from '../tap/tap-spec.ts';
import { TAP_ACTIONS, type TapAction, type TapRule } from '../tap/tap-rule.ts';
import type { HeldVerdict } from '../tap/tap-state.ts';
import { bad, fields, flag, identifier, integer, list, oneOf, text } from './argument-fields.ts';
import { transportSpec } from './parse-transport.ts';

const MAX_TAPS = 200;
const MAX_RULES = 200;
const LONGEST_DELAY_MS = 3_600_000;
const MAX_KEPT_BYTES = 1024 * 1024 * 1024;
const MAX_EDIT_CHARS = 16 * 1024 * 1024;

export function tapRef(value: unknown): { readonly tapId: string } {
  return { tapId: identifier(fields(value), 'tapId') };
}

export function tapSpecs(value: unknown): readonly TapSpec[] {
  return list({ taps: value }, 'taps', MAX_TAPS).map(tapSpec);
}

/** What is absent has its default, so that files of older versions open. */
export function tapSpec(value: unknown): TapSpec {
  const from = { ...BLANK_TAP, transport: DEFAULT_TRANSPORT, ...fields(value, 'the tap') };
  const bind = text(from, 'bind', 255).trim();
  if (!/^[0-9A-Za-z.:%_-]+$/.test(bind)) bad('"bind" must be an address of this machine');
  return {
    id: identifier(from, 'id'),
    name: text(from, 'name', 4096),
    target: text(from, 'target', 65_536),
    port: integer(from, 'port', 0, 65_535),
    bind,
    autoStart: flag(from, 'autoStart'),
    rewriteLocation: flag(from, 'rewriteLocation'),
    maxRequestBytes: integer(from, 'maxRequestBytes', 0, MAX_KEPT_BYTES),
    maxAnswerBytes: integer(from, 'maxAnswerBytes', 0, MAX_KEPT_BYTES),
    transport: transportSpec(from.transport),
    rules: list(from, 'rules', MAX_RULES).map(tapRule),
  };
}

function tapRule(value: unknown): TapRule {
  const from = fields(value, 'a rule');
  return {
    id: identifier(from, 'id'),
    enabled: flag(from, 'enabled'),
    path: text(from, 'path', 4096),
    filter: text(from, 'filter', 65_536),
    times: integer(from, 'times', 0, 1_000_000),
    action: tapAction(from['action']),
  };
}

function tapAction(value: unknown): TapAction {
  const from = fields(value, '"action"');
  const kind = oneOf(from, 'kind', TAP_ACTIONS);
  switch (kind) {
    case 'delay':
      return { kind, delayMs: integer(from, 'delayMs', 0, LONGEST_DELAY_MS) };
    case 'drop':
    case 'hold':
      return { kind };
    case 'edit':
      return { kind, find: text(from, 'find', 65_536), replace: text(from, 'replace', MAX_EDIT_CHARS) };
    case 'cut':
      return {
        kind,
        afterEvents: integer(from, 'afterEvents', 1, 1_000_000_000),
        how: oneOf(from, 'how', ['end', 'reset']),
      };
    case 'answer':
      return {
        kind,
        status: integer(from, 'status', 200, 599),
        body: text(from, 'body', MAX_EDIT_CHARS),
      };
  }
}

export function decideHeld(value: unknown): {
  readonly tapId: string;
  readonly heldId: number;
  readonly verdict: HeldVerdict;
} {
  const from = fields(value);
  const verdict = fields(from['verdict'], '"verdict"');
  const kind = oneOf(verdict, 'kind', ['release', 'drop', 'edit']);
  return {
    tapId: identifier(from, 'tapId'),
    heldId: integer(from, 'heldId', 1),
    verdict: kind === 'edit' ? { kind, text: text(verdict, 'text', MAX_EDIT_CHARS) } : { kind },
  };
}
