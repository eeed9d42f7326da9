/** A tap as the user sets it up: what it stands in front of, where it listens, what it keeps and what it does. */
import type { TransportSpec } from '../connection/transport.ts';
import { DEFAULT_TRANSPORT } from '../connection/transport.ts';
import type { TapRule } from './tap-rule.ts';

export interface TapSpec {
  readonly id: string;
  /** "" for the host of the target. */
  readonly name: string;
  /** The base URL of the server. */
  readonly target: string;
  /** 0: any that is free. */
  readonly port: number;
  /** The address to listen at; anything but the loopback interface needs a token. */
  readonly bind: string;
  /** Starts with the app. */
  readonly autoStart: boolean;
  /** Redirects of the server that lead back to it are turned to the tap. */
  readonly rewriteLocation: boolean;
  /** How much of a request's body is kept; the rest is counted. */
  readonly maxRequestBytes: number;
  /** How much is kept of an answer that is no stream. */
  readonly maxAnswerBytes: number;
  /** How the server is reached. `auto` is HTTP/1.1, in which everything passes unchanged. */
  readonly transport: TransportSpec;
  readonly rules: readonly TapRule[];
}

const MIB = 1024 * 1024;

export const LOOPBACK_ADDRESS = '127.0.0.1';

export const BLANK_TAP: Omit<TapSpec, 'id'> = {
  name: '',
  target: '',
  port: 0,
  bind: LOOPBACK_ADDRESS,
  autoStart: false,
  rewriteLocation: false,
  maxRequestBytes: MIB,
  maxAnswerBytes: MIB,
  transport: DEFAULT_TRANSPORT,
  rules: [],
};

export function isLoopbackBind(bind: string): boolean {
  return bind === 'localhost' || bind === '::1' || /^127(?:\.\d{1,3}){3}$/.test(bind);
}

/** The name for lists. */
export function tapName({ name, target }: Pick<TapSpec, 'name' | 'target'>): string {
  return (
    name.trim() ||
    target
      .trim()
      .replace(/^https?:\/\//i, '')
      .replace(/\/+$/, '') ||
    'Tap'
  );
}
