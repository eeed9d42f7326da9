import { describe, expect, it } from 'vitest';
import {
  wordOfOutcome,
  wordOfSession,
  wordOfStatus,
} from '../../../../src/renderer/state/connections-words.ts';
import type { ConnectionState, ConnectionStatus } from '../../../../src/shared/connection/types.ts';
import type { SessionOutcome } from '../../../../src/shared/session/entry.ts';

const status = (state: ConnectionState, attempt = 1): ConnectionStatus => ({
  state,
  attempt,
  lastEventId: '',
  retryMs: null,
  waiting: null,
  paused: false,
  nextLastEventId: null,
  reason: '',
  failure: null,
  sinceMs: 0,
});

const STATES: readonly ConnectionState[] = ['idle', 'connecting', 'open', 'waiting', 'closed', 'failed'];
const OUTCOMES: readonly SessionOutcome[] = ['live', 'ended', 'stopped', 'failed', 'interrupted'];

describe('words and shapes', () => {
  it('gives every state its own word and its own shape', () => {
    const words = STATES.map((state) => wordOfStatus(status(state)));
    expect(new Set(words.map((one) => one.word)).size).toBe(STATES.length);
    expect(new Set(words.map((one) => one.shape)).size).toBe(STATES.length);
  });

  it('gives every outcome its own word and its own shape', () => {
    const words = OUTCOMES.map(wordOfOutcome);
    expect(new Set(words.map((one) => one.word)).size).toBe(OUTCOMES.length);
    expect(new Set(words.map((one) => one.shape)).size).toBe(OUTCOMES.length);
  });

  it('tells a second attempt from the first', () => {
    expect(wordOfStatus(status('connecting')).word).toBe('Connecting');
    expect(wordOfStatus(status('connecting', 2)).word).toBe('Reconnecting');
  });

  it('shows the connection of a live session, and how any other ended', () => {
    expect(wordOfSession('live', status('waiting')).word).toBe('Waiting');
    expect(wordOfSession('live', undefined).word).toBe('Live');
    expect(wordOfSession('stopped', status('closed')).word).toBe('Stopped');
  });
});
