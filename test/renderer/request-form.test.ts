import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { click, endpoint, eventually, openWorld, session, status } from './support/world.ts';
import { bodyOfText } from '../../src/shared/connection/request-body.ts';

const nodes = [endpoint('Scores', 'http://localhost/scores'), endpoint('Other', 'http://localhost/other')];

async function openScores(answers = {}) {
  const world = await openWorld({ nodes, answers });
  click(world.treeItem('Scores'));
  return world;
}

/** The field of a reconnect setting. */
function setting(label: string): HTMLInputElement {
  const named = [...document.querySelectorAll('label')].find((one) => one.textContent === label);
  return document.getElementById(named?.htmlFor ?? '') as HTMLInputElement;
}

function change(field: HTMLInputElement, value: string): void {
  field.value = value;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
}

describe('the request form', () => {
  it('keeps a change apart from what is saved until it is saved', async () => {
    const world = await openScores();
    expect(world.maybeButton('Save the changes')).toBeNull();
    world.type(world.field('Address'), 'http://localhost/changed');
    expect(world.text()).toContain('edited');
    expect(world.calls('workspace:save-nodes')).toEqual([]);
    world.press(window, 's', { ctrlKey: true });
    expect(world.calls('workspace:save-nodes').at(-1)).toMatchObject([
      { id: 'Scores', request: { url: 'http://localhost/changed' } },
      { id: 'Other' },
    ]);
    expect(world.maybeButton('Save the changes')).toBeNull();
  });

  it('is not changed any more when the old text comes back', async () => {
    const world = await openScores();
    world.type(world.field('Address'), 'http://localhost/x');
    world.type(world.field('Address'), 'http://localhost/scores');
    expect(world.app.form.unsaved).toBe(false);
  });

  it('keeps the draft of each endpoint while others are looked at', async () => {
    const world = await openScores();
    world.type(world.field('Address'), 'http://localhost/draft');
    click(world.treeItem('Other'));
    expect(world.field('Address').value).toBe('http://localhost/other');
    expect(world.app.form.isEdited('Scores')).toBe(true);
    click(world.treeItem('Scores'));
    expect(world.field('Address').value).toBe('http://localhost/draft');
  });

  it('gives back a change that was discarded', async () => {
    const world = await openScores();
    world.type(world.field('Address'), 'http://localhost/draft');
    click(world.button('Discard the changes'));
    expect(world.field('Address').value).toBe('http://localhost/scores');
    click(world.button('Undo'));
    expect(world.field('Address').value).toBe('http://localhost/draft');
  });

  it('saves an address that was only typed, and asks for its name', async () => {
    const world = await openWorld({ nodes });
    world.type(world.field('Address'), 'http://localhost/new');
    click(world.button('Save as an endpoint'));
    await eventually(() => expect(document.activeElement).toBe(world.field('Name')));
    expect(world.field('Name').value).toBe('localhost/new');
    world.field('Name').value = 'Mine';
    world.press(world.field('Name'), 'Enter');
    expect(world.treeItems()).toEqual(['Scores', 'Other', 'Mine']);
  });

  it('marks an unknown variable and says what there is', async () => {
    const world = await openWorld();
    world.type(world.field('Address'), '{{room}}/{{samples}}');
    const address = world.field('Address');
    expect(address.getAttribute('aria-invalid')).toBe('true');
    const reason = document.getElementById(address.getAttribute('aria-describedby') ?? '');
    expect(reason?.textContent).toBe('There is no variable {{room}}. Known: {{samples}}.');
    expect(document.querySelector('.paint .unknown')?.textContent).toBe('{{room}}');
    expect(document.querySelector('.paint .known')?.textContent).toBe('{{samples}}');
  });

  it('adds, switches off and removes headers', async () => {
    const world = await openScores();
    click(world.button(/^Headers/));
    world.type(world.field('Name of a new header'), 'X-Room');
    world.type(world.field('Value of X-Room'), '7');
    const headers = () => world.app.form.request.headers;
    expect(headers()).toEqual([{ name: 'X-Room', value: '7', enabled: true }]);
    click(world.field('Send X-Room'));
    expect(headers()).toEqual([{ name: 'X-Room', value: '7', enabled: false }]);
    click(world.button('Remove X-Room'));
    expect(headers()).toEqual([]);
    click(world.button('Undo'));
    expect(headers()).toHaveLength(1);
  });

  it('says whether the body is JSON and lays it out', async () => {
    const world = await openScores();
    click(world.button(/^Body/));
    click(document.querySelector('input[value=json]') as HTMLInputElement);
    const body = document.querySelector('textarea') as HTMLTextAreaElement;
    world.type(body, '{"a":1');
    expect(document.getElementById('body-check')?.textContent).toContain('Not JSON');
    world.type(body, '{"a":1}');
    click(world.button('Format'));
    expect(world.app.form.request.body.text).toBe('{\n  "a": 1\n}');
  });

  it('is filled by a curl command that is pasted into the address', async () => {
    const world = await openScores();
    const paste = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), {
      clipboardData: { getData: () => `curl http://h/x -H 'A: 1' -d '{}'` },
    });
    world.field('Address').dispatchEvent(paste);
    await eventually(() => expect(world.field('Address').value).toBe('http://h/x'));
    expect(world.app.form.request).toMatchObject({
      method: 'POST',
      body: { kind: 'text', text: '{}', contentType: 'application/x-www-form-urlencoded' },
      headers: [{ name: 'A' }],
    });
    click(world.button('Discard the changes'));
    expect(world.field('Address').value).toBe('http://localhost/scores');
  });

  it('sets when and how soon to connect again', async () => {
    const world = await openScores();
    click(world.button(/^Reconnect$/));
    click(document.querySelector('input[type=radio][value=resilient]') as HTMLInputElement);
    change(setting('Usually'), '2 s');
    expect(world.app.form.request.reconnect).toEqual({ preset: 'resilient', initialDelayMs: 2000 });
    expect(world.text()).toContain('1 setting differs from the preset.');
    click(world.button('Back to the preset: 1 s'));
    expect(world.app.form.request.reconnect).toEqual({ preset: 'resilient' });
  });

  it('says what is wrong with a setting, and keeps what it was', async () => {
    const world = await openScores();
    click(world.button(/^Reconnect$/));
    change(setting('Silence'), 'soon');
    expect(world.text()).toContain('Write a time, such as 30 s');
    change(setting('Statuses'), '503, later');
    expect(world.text()).toContain('"later" is not a status.');
    expect(world.app.form.request.reconnect).toEqual({ preset: 'auto' });
    change(setting('Silence'), '45');
    expect(setting('Silence').value).toBe('45 s');
    expect(world.app.form.request.reconnect).toEqual({ preset: 'auto', stallTimeoutMs: 45_000 });
  });

  it('resets what differs from the preset, with a way back', async () => {
    const world = await openScores();
    click(world.button(/^Reconnect$/));
    change(setting('At least'), '1 s');
    click(world.button('Reset'));
    expect(world.app.form.request.reconnect).toEqual({ preset: 'auto' });
    click(world.button('Undo'));
    expect(world.app.form.request.reconnect).toEqual({ preset: 'auto', floorMs: 1000 });
  });
});

describe('a change while a stream runs', () => {
  async function openLive(answers = {}) {
    const world = await openScores(answers);
    click(world.button('Connect'));
    await eventually(() => expect(world.app.session?.sessionId).toBe('s1'));
    world.report('s1', status('open'));
    return world;
  }

  it('is told to the connection, and the bar says whom it reaches until an attempt took it', async () => {
    const world = await openLive();
    world.type(world.field('Address'), 'http://localhost/next');
    expect(world.text()).toContain('The next attempt will ask for this.');
    await eventually(() =>
      expect(world.calls('connection:update')).toMatchObject([
        { sessionId: 's1', request: { url: 'http://localhost/next' } },
      ]),
    );
    world.report('s1', status('open', { attempt: 2 }));
    expect(world.text()).not.toContain('The next attempt will ask for this.');
  });

  it('can be had at once', async () => {
    const world = await openLive();
    world.type(world.field('Address'), 'http://localhost/next');
    click(world.button('Restart now'));
    await eventually(() => expect(world.calls('connection:start')).toHaveLength(2));
    expect(world.calls('connection:stop')).toEqual([{ sessionId: 's1' }]);
    expect(world.calls('connection:start').at(-1)).toMatchObject({
      request: { url: 'http://localhost/next' },
    });
  });

  it('is refused with the reason when it cannot be asked for', async () => {
    const world = await openLive({
      'connection:update': () => {
        throw new Error('There is no variable {{x}}.');
      },
    });
    world.type(world.field('Address'), '{{x}}');
    await eventually(() =>
      expect(world.text()).toContain('does not ask for this: There is no variable {{x}}.'),
    );
  });

  it('of another endpoint does not reach it', async () => {
    const world = await openLive();
    click(world.treeItem('Other'));
    world.type(world.field('Address'), 'http://localhost/else');
    expect(world.maybeButton('Connect')).not.toBeNull();
    expect(world.text()).not.toContain('The next attempt');
  });
});

it('comes back as it was left', async () => {
  const draft = { ...endpoint('x', 'http://localhost/draft').request, body: bodyOfText('kept') };
  const world = await openWorld({
    nodes,
    sessions: [session('kept', { endpointId: 'Scores' })],
    ui: { endpointId: 'Scores', sessionId: 'kept', tab: 'connection', draft },
  });
  expect(world.field('Address').value).toBe('http://localhost/draft');
  expect(world.app.session?.sessionId).toBe('kept');
  expect(document.querySelector('[role=tab][aria-selected=true]')?.textContent.trim()).toBe('Connection');
});
