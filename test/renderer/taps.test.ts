/** The taps of the window: their list, the dialog, the view with its requests and held events. */
import { expect, it } from 'vitest';
import { CodedError } from '../../src/shared/ipc/envelope.ts';
import { BLANK_TAP } from '../../src/shared/tap/tap-spec.ts';
import type { HeldEvent, TapExchange, TapStatus } from '../../src/shared/tap/tap-state.ts';
import { click, eventually, openWorld } from './support/world.ts';

const TAP: TapStatus = {
  spec: { ...BLANK_TAP, id: 't1', name: 'Chat', target: 'https://api.openai.com' },
  run: { kind: 'running', port: 4010, address: 'http://127.0.0.1:4010' },
  requests: 1,
  open: 1,
  held: 1,
};
const EXCHANGE: TapExchange = {
  id: 1,
  sessionId: 's1',
  startedAt: Date.UTC(2026, 7, 1, 12),
  method: 'POST',
  path: '/v1/chat/completions',
  state: 'open',
  status: 200,
  kind: 'stream',
  framing: 'sse',
  events: 3,
  requestBytes: 10,
  responseBytes: 2048,
  durationMs: 1500,
  note: '',
};
const HELD: HeldEvent = {
  id: 7,
  exchangeId: 1,
  sessionId: 's1',
  path: '/v1/chat/completions',
  type: 'message',
  heldAt: 0,
  text: 'data: x\n\n',
  waiting: 2,
};

const input = (id: string) => document.querySelector(`#${id}`) as HTMLInputElement;

it('teaches what a tap is while there is none, and sets one up', async () => {
  const world = await openWorld({ answers: { 'tap:save': () => undefined, 'tap:start': () => undefined } });
  click(world.button('Set up a tap'));
  click(world.button('Start the tap'));
  await eventually(() => expect(world.text()).toContain('Write the address of the server'));
  world.type(input('tap-target'), 'localhost:11434');
  click(world.button('Add a rule'));
  world.type(world.field('Events it is for'), 'data~/(/');
  click(world.button('Start the tap'));
  await eventually(() => expect(world.calls('tap:start')).toHaveLength(1));
  expect(world.calls('tap:save')).toMatchObject([
    {
      target: 'localhost:11434',
      port: 0,
      bind: '127.0.0.1',
      rules: [{ filter: 'data~/(/', action: { kind: 'hold' } }],
    },
  ]);
  expect(document.querySelector('dialog')).toBeNull();
});

it('what main refuses is said in the dialog, which stays', async () => {
  const world = await openWorld({
    answers: {
      'tap:save': () => {
        throw new CodedError('bad-arguments', 'Rule 1: no closing /');
      },
    },
  });
  click(world.button('New tap'));
  world.type(input('tap-target'), 'localhost:1');
  click(world.button('Start the tap'));
  await eventually(() => expect(world.text()).toContain('Rule 1: no closing /'));
  expect(document.querySelector('dialog')).not.toBeNull();
});

it('a tap shows its address, its requests and the events that wait, which are edited and let go', async () => {
  const world = await openWorld({
    answers: {
      'tap:list': () => [TAP],
      'tap:exchanges': () => [EXCHANGE],
      'tap:held': () => [HELD],
      'tap:decide': () => undefined,
      'tap:stop': () => undefined,
    },
  });
  click(document.querySelector('[data-id="t1"]') as Element);
  await eventually(() => expect(world.text()).toContain('http://127.0.0.1:4010'));
  await eventually(() => expect(world.text()).toContain('2 parts behind it'));
  click(world.button('Snippets'));
  expect(world.text()).toContain("export OPENAI_BASE_URL='http://127.0.0.1:4010/v1'");
  click(world.button('PowerShell'));
  expect(world.text()).toContain("$env:OPENAI_BASE_URL = 'http://127.0.0.1:4010/v1'");

  world.type(document.querySelector('textarea') as HTMLTextAreaElement, 'data: y\n\n');
  click(world.button('Release as edited'));
  click(world.button('Drop'));
  expect(world.calls('tap:decide')).toEqual([
    { tapId: 't1', heldId: 7, verdict: { kind: 'edit', text: 'data: y\n\n' } },
    { tapId: 't1', heldId: 7, verdict: { kind: 'drop' } },
  ]);
  click(world.button('Stop'));
  expect(world.calls('tap:stop')).toEqual([{ tapId: 't1' }]);
});

it('a tap that could not start says why; one that is deleted comes back by Undo', async () => {
  const message = 'Port 80 is reserved: choose one above 1023.';
  const failed: TapStatus = { ...TAP, held: 0, run: { kind: 'failed', message } };
  const world = await openWorld({
    answers: {
      'tap:list': () => [failed],
      'tap:exchanges': () => [],
      'tap:held': () => [],
      'tap:remove': () => undefined,
      'tap:save': () => undefined,
    },
  });
  const row = document.querySelector('[data-id="t1"]') as HTMLElement;
  click(row);
  expect(world.text()).toContain(message);
  row.focus();
  world.press(row, 'Delete');
  expect(document.querySelector('[data-id="t1"]')).toBeNull();
  await eventually(() => click(world.button('Undo')));
  expect(world.calls('tap:save')).toEqual([failed.spec]);
});
