import { describe, expect, it } from 'vitest';
import { readFrameRun } from '../../src/main/sessions/frame-run.ts';
import type { SessionLog } from '../../src/shared/session/log.ts';
import { DEFAULT_UI } from '../../src/shared/workspace/workspace.ts';
import { recordedLog, summaryOf } from '../support/recorded-log.ts';
import { click, eventually, openWorld, type World } from './support/world.ts';

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const rpc = (fields: object): string => event({ jsonrpc: '2.0', ...fields });
const RUN = { threadId: 't', runId: 'r1' };

async function openSession(log: SessionLog): Promise<World> {
  const summary = summaryOf(log);
  const journal = await log.journal();
  return openWorld({
    sessions: [summary],
    ui: { ...DEFAULT_UI, sessionId: summary.id, tab: 'completion' },
    journal,
    answers: { 'session:frames': ({ fromSeq, maxBytes }) => readFrameRun(log, fromSeq, maxBytes) },
  });
}

const rows = (): string[] =>
  [...document.querySelectorAll('[aria-label="Exchange"][role="tree"] [role="treeitem"]')].map((row) =>
    row.textContent.replace(/\s+/g, ' ').trim(),
  );

function choose(title: string): void {
  const row = [...document.querySelectorAll<HTMLElement>('[role="treeitem"]')].find((one) =>
    one.textContent.includes(title),
  );
  if (!row) throw new Error(`no row ${title}`);
  row.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0 }));
}

describe('an exchange in the window', () => {
  it('lists requests with their answers, and leads to the events', async () => {
    const progress = (n: number) =>
      rpc({ method: 'notifications/progress', params: { progressToken: 1, progress: n, total: 2 } });
    const answer = rpc({ id: 1, result: { content: [{ type: 'text', text: 'High water' }] } });
    const world = await openSession(recordedLog([{ reads: [progress(1), progress(2), answer] }]));
    await eventually(() => expect(rows().some((row) => row.includes('answer to 1'))).toBe(true));
    expect(world.text()).toContain('Everything that was asked for came');
    choose('answer to 1');
    await eventually(() => expect(world.text()).toContain('2 of 2'));
    expect(world.text()).toContain('The request itself is not in this log');
    click(world.button('#3'));
    expect(world.app.session?.selectedSeq).toBe(3);
  });

  it('shows the state at any point of its history', async () => {
    const deltas = ['a', 'b'].map((value) => ({ op: 'add', path: '/list/-', value }));
    const log = recordedLog([
      {
        reads: [
          event({ type: 'RUN_STARTED', ...RUN }),
          event({ type: 'STATE_SNAPSHOT', snapshot: { list: [] } }),
          ...deltas.map((delta) => event({ type: 'STATE_DELTA', delta: [delta] })),
          event({ type: 'STATE_DELTA', delta: [{ op: 'remove', path: '/none' }] }),
          event({ type: 'RUN_FINISHED', ...RUN }),
        ],
      },
    ]);
    const world = await openSession(log);
    await eventually(() => expect(rows().some((row) => row.includes('4 changes, 1 failed'))).toBe(true));
    choose('4 changes');
    await eventually(() => expect(world.text()).toContain('Not applied: Operation 1 (remove /none)'));
    const slider = document.querySelector<HTMLInputElement>('input[type="range"]');
    expect(slider?.getAttribute('aria-valuetext')).toBe('change 4 of 4');
    click(world.button('The change before'));
    await eventually(() => expect(slider?.getAttribute('aria-valuetext')).toBe('change 3 of 4'));
    expect(world.text()).not.toContain('Not applied');
  });

  it('shows runs with their steps, and never becomes HTML', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const log = recordedLog([
      {
        reads: [
          event({ type: 'RUN_STARTED', threadId: evil, runId: evil }),
          event({ type: 'STEP_STARTED', stepName: evil }),
          event({ type: 'TEXT_MESSAGE_CHUNK', messageId: 'm', delta: evil }),
          event({ type: 'RUN_ERROR', message: evil }),
        ],
      },
    ]);
    await openSession(log);
    await eventually(() => expect(rows().some((row) => row.startsWith('Step'))).toBe(true));
    choose('assistant');
    await eventually(() =>
      expect(document.querySelector('[role="group"][aria-label^="Text"]')?.textContent).toContain(evil),
    );
    expect(document.querySelector('img')).toBeNull();
  });

  it('offers both where a stream holds an answer as well', async () => {
    const chat = event({ choices: [{ index: 0, delta: { content: 'Hello' } }] });
    const world = await openSession(recordedLog([{ reads: [chat, event({ type: 'RUN_STARTED', ...RUN })] }]));
    await eventually(() => expect(world.maybeButton('Show AG-UI')).not.toBeNull());
    click(world.button('Show AG-UI'));
    await eventually(() => expect(rows().some((row) => row.startsWith('Run'))).toBe(true));
    click(world.button('Show the answers'));
    await eventually(() => expect(world.maybeButton('Show AG-UI')).not.toBeNull());
  });
});
