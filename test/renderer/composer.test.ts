import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { bodyOfText } from '../../src/shared/connection/request-body.ts';
import { BLANK_REQUEST } from '../../src/shared/connection/blank-request.ts';
import { CHAT_TEMPLATES, fromTemplate } from '../../src/shared/compose/templates.ts';
import { createCommands, runCommand } from '../../src/renderer/state/commands.ts';
import {
  click,
  endpoint,
  eventually,
  openWorld,
  status,
  type World,
  type WorldOptions,
} from './support/world.ts';

const BODY = `{
  "top_p": 1.0,
  "model": "m",
  "messages": [
    {"role": "user", "content": "Hi"},
    {"role": "assistant", "content": "Ho", "refusal": null}
  ]
}`;
const template = (id: string) =>
  fromTemplate(CHAT_TEMPLATES.find((one) => one.id === id) ?? CHAT_TEMPLATES[0]!);
const nodes = [
  endpoint('Chat', 'http://localhost/v1/chat/completions', {
    request: {
      ...BLANK_REQUEST,
      method: 'POST',
      url: 'http://localhost/v1/chat/completions',
      body: bodyOfText(BODY),
    },
  }),
  endpoint('Other', 'http://localhost/x'),
  endpoint('Claude', '', {
    request: { ...template('anthropic-messages'), headers: [] },
  }),
];

async function openChat(options: WorldOptions = {}): Promise<World> {
  const world = await openWorld({ nodes, ...options });
  click(world.treeItem('Chat'));
  click(world.button(/^Body/));
  return world;
}

function area(label: string): HTMLTextAreaElement {
  const found = [...document.querySelectorAll('textarea')].find(
    (one) => one.getAttribute('aria-label') === label,
  );
  if (!found) throw new Error(`no field ${label}`);
  return found;
}
const text = (world: World) => world.app.form.request.body.text;

describe('the composer', () => {
  it('is a view over the body: an edit changes the characters it must, and the raw JSON is one click away', async () => {
    const world = await openChat();
    world.type(area('Message 1'), 'Hello');
    expect(text(world)).toBe(BODY.replace('"Hi"', '"Hello"'));
    click(world.button('Raw JSON'));
    expect(area('Body').value).toBe(text(world));
    world.type(area('Body'), BODY.replace('"Hi"', '"Hey"'));
    click(world.button('Compose'));
    expect(area('Message 1').value).toBe('Hey');
  });

  it('moves messages, takes one out and gives it back with everything in it', async () => {
    const world = await openChat();
    click(world.button('Move message 2 up'));
    expect(area('Message 1').value).toBe('Ho');
    const moved = text(world);
    expect(moved).toContain('{"role": "assistant", "content": "Ho", "refusal": null},\n    {"role": "user"');
    click(world.button('Take message 1 out'));
    expect(area('Message 1').value).toBe('Hi');
    click(world.button('Undo'));
    expect(text(world)).toBe(moved);
  });

  it('adds messages, a system prompt, a temperature and tools', async () => {
    const world = await openChat();
    click(world.button('Add a message of the user'));
    await eventually(() => expect(document.activeElement).toBe(area('Message 3')));
    world.type(area('Message 3'), 'So?');
    world.type(area('System prompt'), 'Be brief.');
    const temperature = [...document.querySelectorAll<HTMLInputElement>('input[type=number]')][0]!;
    temperature.value = '0.5';
    temperature.dispatchEvent(new Event('change', { bubbles: true }));
    flushSync();
    world.type(area('Tools'), '[{"type":"function","function":{"name":"now"}}]');
    expect(JSON.parse(text(world))).toEqual({
      top_p: 1,
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Ho', refusal: null },
        { role: 'user', content: 'So?' },
      ],
      temperature: 0.5,
      tools: [{ type: 'function', function: { name: 'now' } }],
    });
    const before = text(world);
    world.type(area('Tools'), '[{');
    expect(world.text()).toContain(
      'Not JSON: it ends too early, line 1, column 3. The request keeps the tools it had.',
    );
    expect(text(world)).toBe(before);
    expect(area('Tools').value).toBe('[{');
  });

  it('says where broken JSON is broken, and loses nothing', async () => {
    const world = await openChat();
    click(world.button('Raw JSON'));
    world.type(area('Body'), '{\n "messages": [}');
    click(world.button('Compose'));
    expect(world.text()).toContain('Not JSON: unexpected "}", line 2, column 15.');
    click(world.button('Show the JSON'));
    expect(area('Body').value).toBe('{\n "messages": [}');
  });

  it('makes a request for a provider out of nothing, and its key a secret that connecting asks for', async () => {
    const world = await openWorld();
    click(world.button('Anthropic Messages'));
    expect(world.app.form.request).toEqual(template('anthropic-messages'));
    expect(area('System prompt').value).toBe('You explain things shortly.');
    click(world.button('Add it as a secret'));
    expect(world.text()).not.toContain('There is no variable');
    click(world.button('Connect'));
    expect(world.app.overlay).toBe('secrets');
    expect(world.text()).toContain('{{ANTHROPIC_API_KEY}} of the environment Keys');
    expect(world.calls('connection:start')).toEqual([]);
  });

  it('turns a request that is none into one of a chat, and back', async () => {
    const world = await openWorld({ nodes });
    click(world.treeItem('Other'));
    click(world.button(/^Body/));
    click(world.button('Turn into a chat request…'));
    click(world.button(/^Gemini/));
    expect(world.app.form.request.url).toContain('gemini-2.5-flash:streamGenerateContent?alt=sse');
    expect(area('Message 1').value).toContain('Server-Sent Events');
    click(world.button('Undo'));
    expect(world.app.form.request).toEqual(
      BLANK_REQUEST.url === '' ? { ...BLANK_REQUEST, url: 'http://localhost/x' } : null,
    );
  });
});

describe('running several', () => {
  async function openRuns(world: World): Promise<HTMLFormElement> {
    runCommand(createCommands(world.app), 'run-several');
    flushSync();
    const form = document.querySelector<HTMLFormElement>('dialog form');
    if (!form) throw new Error('no dialog');
    return form;
  }
  const starts = (world: World) =>
    world.calls('connection:start') as {
      name: string;
      endpointId: string;
      request: { body: { text: string } };
    }[];

  it('asks several endpoints the same in their own formats, several times, and stops them all', async () => {
    const world = await openChat();
    const form = await openRuns(world);
    expect([...form.querySelectorAll('.name')].map((name) => name.textContent)).toEqual(['Chat', 'Claude']);
    const [, claude] = [...form.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
    click(claude!);
    const times = form.querySelector<HTMLInputElement>('input[type=number]')!;
    world.type(times, '2');
    click(world.button('Run 4 times'));
    await eventually(() => expect(starts(world)).toHaveLength(4));
    expect(starts(world).map(({ name }) => name)).toEqual([
      'Chat run 1/2',
      'Claude run 1/2',
      'Chat run 2/2',
      'Claude run 2/2',
    ]);
    expect(JSON.parse(starts(world)[1]?.request.body.text ?? '')).toMatchObject({
      max_tokens: 1024,
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Ho' },
      ],
    });
    expect(starts(world)[0]?.request.body.text).toBe(BODY);
    await eventually(() => expect(world.text()).toContain('0 of 4 runs ended'));
    for (const id of ['s1', 's2', 's3', 's4']) world.report(id, status('open'));
    click(world.button('Stop all'));
    await eventually(() => expect(world.calls('connection:stop')).toHaveLength(4));
    for (const id of ['s1', 's2', 's3', 's4']) world.report(id, status('closed'));
    await eventually(() => click(world.button('Compare')));
    expect(world.app.compare.shown).toBe(true);
    expect(world.app.compare.picked).toHaveLength(4);
  });

  it('runs one after another, each when the one before has ended', async () => {
    const world = await openChat();
    const form = await openRuns(world);
    click(form.querySelector('input[value=in-turn]')!);
    click(world.button('Run 3 times'));
    for (const id of ['s1', 's2', 's3']) {
      await eventually(() => expect(world.app.connections.session(id)).toBeDefined());
      expect(starts(world)).toHaveLength(Number(id.slice(1)));
      world.report(id, status('open'));
      world.report(id, status('closed'));
    }
    await eventually(() => expect(world.text()).toContain('3 runs ended'));
    expect(world.app.form.request.body.text).toBe(BODY);
  });

  it('asks for the secrets of every endpoint first', async () => {
    const key = { name: 'KEY', value: '', secret: true, enabled: true };
    const world = await openChat({
      nodes: [
        { kind: 'folder', id: 'f', parentId: null, name: 'F', open: true, variables: [key] },
        ...nodes.slice(0, 1),
        { ...nodes[2]!, parentId: 'f', request: { ...nodes[2]!.request, lastEventId: '{{KEY}}' } },
      ],
    });
    const form = await openRuns(world);
    for (const box of form.querySelectorAll<HTMLInputElement>('input[type=checkbox]')) click(box);
    click(world.button('Run 3 times'));
    expect(world.text()).toContain('{{KEY}} of the folder F');
    expect(starts(world)).toEqual([]);
  });
});
