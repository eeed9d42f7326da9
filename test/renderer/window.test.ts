import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { click, endpoint, eventually, openWorld, session, status } from './support/world.ts';

const nodes = [
  endpoint('Scores', '{{samples}}/scores', { note: 'Goals of a match.' }),
  endpoint('Other', 'http://localhost/other'),
];
const selectedTab = () => document.querySelector('[role=tab][aria-selected=true]')?.textContent.trim();

describe('the window', () => {
  it('teaches how to begin when there is nothing yet', async () => {
    const world = await openWorld({ nodes });
    expect(world.text()).toContain('No stream yet');
    click(world.button(/^Scores\s*Goals of a match/));
    await eventually(() => expect(world.calls('connection:start')).toMatchObject([{ endpointId: 'Scores' }]));
  });

  it('switches tabs by keys and keeps the one that was open', async () => {
    const world = await openWorld({ sessions: [session('s')], ui: { sessionId: 's' } });
    expect(selectedTab()).toBe('Events');
    world.press(window, '4', { ctrlKey: true, code: 'Digit4' });
    expect(selectedTab()).toBe('Connection');
    await eventually(() =>
      expect(world.calls('workspace:save-ui').at(-1)).toMatchObject({ tab: 'connection' }),
    );
  });

  it('hides and shows the sidebar', async () => {
    const world = await openWorld({ nodes });
    world.press(window, 'b', { ctrlKey: true });
    expect(document.querySelector('aside')).toBeNull();
    click(world.button('Show the sidebar'));
    expect(document.querySelector('aside')).not.toBeNull();
  });

  it('resizes the sidebar by the keyboard', async () => {
    const world = await openWorld({ nodes, ui: { sidebarWidth: 300 } });
    const splitter = document.querySelector('[role=separator][aria-label="Width of the sidebar"]') as Element;
    expect(splitter.getAttribute('aria-valuenow')).toBe('300');
    world.press(splitter, 'ArrowRight');
    expect(world.app.ui.sidebarWidth).toBe(316);
    world.press(splitter, 'Enter');
    expect(world.app.ui.sidebarWidth).toBe(248);
  });

  it('follows the system until a theme is chosen', async () => {
    const world = await openWorld({ dark: true });
    const theme = () => document.documentElement.dataset['theme'];
    expect(theme()).toBe('dark');
    click(world.button('Theme: system'));
    expect(theme()).toBe('light');
    click(world.button('Theme: light'));
    expect(theme()).toBe('dark');
    expect(world.app.ui.theme).toBe('dark');
  });

  it('counts the open streams and goes from one to the next', async () => {
    const world = await openWorld({
      sessions: [session('a', { outcome: 'live' }), session('b', { outcome: 'live' })],
    });
    expect(world.text()).toContain('No stream open');
    world.report('a', status('open'));
    world.report('b', status('open'));
    click(world.button('2 streams open'));
    expect(world.app.session?.sessionId).toBe('a');
    click(world.button('2 streams open'));
    expect(world.app.session?.sessionId).toBe('b');
    world.report('b', status('waiting'));
    expect(world.maybeButton('1 stream open, 1 not open yet')).not.toBeNull();
    world.report('a', status('connecting'));
    expect(world.maybeButton('2 streams not open yet')).not.toBeNull();
  });

  it('does what the application menu asks', async () => {
    const world = await openWorld({ nodes });
    world.transport.emit('app:menu', 'shortcuts');
    flushSync();
    expect(document.querySelector('dialog')?.getAttribute('aria-label')).toBe('Keyboard shortcuts');
  });

  it('shows the same failure once', async () => {
    const world = await openWorld();
    world.app.notices.failed('It broke', new Error('twice'));
    world.app.notices.failed('It broke', new Error('twice'));
    flushSync();
    expect(document.querySelectorAll('[role=alert]')).toHaveLength(1);
  });
});

describe('the command palette', () => {
  it('finds a command and runs it', async () => {
    const world = await openWorld({ sessions: [session('s')], ui: { sessionId: 's' } });
    world.press(window, 'k', { ctrlKey: true });
    const input = world.field('Command');
    world.type(input, 'show raw');
    expect(document.querySelector('dialog [role=option][aria-selected=true]')?.textContent).toContain(
      'Show Raw',
    );
    world.press(input, 'Enter');
    await eventually(() => expect(selectedTab()).toBe('Raw'));
    expect(document.querySelector('dialog')).toBeNull();
  });

  it('goes to endpoints and sessions by name', async () => {
    const world = await openWorld({ nodes, sessions: [session('s', { name: 'Last night' })] });
    world.press(window, 'k', { ctrlKey: true });
    world.type(world.field('Command'), 'night');
    world.press(world.field('Command'), 'Enter');
    await eventually(() => expect(world.app.session?.sessionId).toBe('s'));
  });

  it('leaves out what cannot be done now', async () => {
    const world = await openWorld();
    world.press(window, 'k', { ctrlKey: true });
    const labels = [...document.querySelectorAll('dialog .label')].map((label) => label.textContent.trim());
    expect(labels).toContain('New endpoint');
    expect(labels).not.toContain('Reconnect now');
    expect(labels).not.toContain('Delete the session');
  });

  it('keeps other keys from reaching the window below', async () => {
    const world = await openWorld({ sessions: [session('s')], ui: { sessionId: 's' } });
    world.press(window, 'k', { ctrlKey: true });
    world.press(window, '5', { ctrlKey: true, code: 'Digit5' });
    expect(selectedTab()).toBe('Events');
    world.press(window, 'k', { ctrlKey: true });
    expect(document.querySelector('dialog')).toBeNull();
  });
});

it('lists every key that a command has', async () => {
  const world = await openWorld();
  world.press(window, '?', { ctrlKey: true, shiftKey: true, code: 'Slash' });
  const sheet = document.querySelector('dialog')?.textContent ?? '';
  for (const label of [
    'Connect or stop',
    'New endpoint',
    'Command palette',
    'Show Timeline',
    'Filter the events',
  ])
    expect(sheet).toContain(label);
});
