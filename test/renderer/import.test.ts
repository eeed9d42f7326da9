import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import { runCommand, createCommands } from '../../src/renderer/state/commands.ts';
import { click, eventually, openWorld } from './support/world.ts';

const POSTMAN = JSON.stringify({
  info: { name: 'Models', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  variable: [
    { key: 'base', value: 'http://h' },
    { key: 'API_KEY', value: 'sk-1' },
  ],
  item: [{ name: 'Chat', item: [{ name: 'Ask', request: { method: 'POST', url: '{{base}}/chat' } }] }],
});

async function openImport() {
  const world = await openWorld();
  runCommand(createCommands(world.app), 'import-endpoints');
  flushSync();
  return world;
}
const area = () => document.querySelector('textarea') as HTMLTextAreaElement;

it('an import is looked at, goes into the tree with its secrets apart, and can be undone', async () => {
  const world = await openImport();
  world.type(area(), POSTMAN);
  expect(world.text()).toContain('Postman collection · 1 endpoint, 2 variables');
  click(world.button('Import'));
  await eventually(() => expect(world.calls('secrets:set')).toHaveLength(1));
  const saved = world.calls('workspace:save-nodes').at(-1);
  expect(saved).toMatchObject([
    {
      kind: 'folder',
      name: 'Models',
      parentId: null,
      variables: [
        { name: 'base', value: 'http://h' },
        { name: 'API_KEY', value: '', secret: true },
      ],
    },
    { kind: 'folder', name: 'Chat' },
    { kind: 'endpoint', name: 'Ask', request: { method: 'POST', url: '{{base}}/chat' } },
  ]);
  expect(JSON.stringify(saved)).not.toContain('sk-1');
  expect(world.calls('secrets:set')).toMatchObject([{ ref: { name: 'API_KEY' }, value: 'sk-1' }]);
  await eventually(() => click(world.button('Undo')));
  expect(world.calls('workspace:save-nodes').at(-1)).toEqual([]);
});

it('a text that is no collection is answered with what would be one', async () => {
  const world = await openImport();
  world.type(area(), 'hello: there');
  expect(world.text()).toContain('It is none of what can be taken in');
  expect(world.button('Import').disabled).toBe(true);
});

it('a curl command goes into the address bar', async () => {
  const world = await openImport();
  world.type(area(), "curl http://h/x -H 'X-A: 1'");
  click(world.button('Import'));
  await eventually(() => expect(world.field('Address').value).toBe('http://h/x'));
});
