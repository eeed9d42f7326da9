import { describe, expect, it } from 'vitest';
import { click, endpoint, eventually, openWorld } from './support/world.ts';

const nodes = [endpoint('Scores', 'http://localhost/scores')];

async function openScores(answers = {}) {
  const world = await openWorld({ nodes, answers });
  click(world.treeItem('Scores'));
  return world;
}

describe('the parts of a request', () => {
  it('keep the parameters and the address in step', async () => {
    const world = await openScores();
    world.type(world.field('Address'), 'http://localhost/scores?a=1&b=x%20y');
    click(world.button(/^Params/));
    expect(world.field('Value of b').value).toBe('x y');
    world.type(world.field('Value of b'), 'z&');
    expect(world.field('Address').value).toBe('http://localhost/scores?a=1&b=z%26');
    click(world.field('Send a'));
    expect(world.field('Address').value).toBe('http://localhost/scores?b=z%26');
    world.type(world.field('Address'), 'http://localhost/scores');
    expect(world.field('Name of parameter 1').value).toBe('a');
    click(world.field('Send a'));
    expect(world.field('Address').value).toBe('http://localhost/scores?a=1');
  });

  it('take headers as text', async () => {
    const world = await openScores();
    click(world.button(/^Headers/));
    click(world.button('Edit as text'));
    const lines = document.querySelector('textarea') as HTMLTextAreaElement;
    world.type(lines, 'A: 1\n# B: 2\n');
    expect(lines.value).toBe('A: 1\n# B: 2\n');
    expect(world.app.form.request.headers).toEqual([
      { name: 'A', value: '1', enabled: true },
      { name: 'B', value: '2', enabled: false },
    ]);
    click(world.button('Edit as a table'));
    expect(world.field('Value of A').value).toBe('1');
  });

  it('hide secrets until they are asked for, and in the preview', async () => {
    const world = await openScores();
    click(world.button(/^Auth/));
    click(document.querySelector('input[value=bearer]') as HTMLInputElement);
    world.type(world.field('Token'), 'hush-hush');
    expect(world.field('Token').type).toBe('password');
    click(world.button('Show the token'));
    expect(world.field('Token').type).toBe('text');
    click(world.button('Preview'));
    expect(world.text()).toContain('Authorization: Bearer (hidden: 9 characters)');
  });

  it('say how large the file is that is sent', async () => {
    const world = await openScores({
      'dialog:choose-file': () => '/home/me/body.bin',
      'file:look': () => ({ bytes: 2048, problem: '' }),
    });
    click(world.button(/^Body/));
    click(document.querySelector('input[value=file]') as HTMLInputElement);
    click(world.button('Choose a file'));
    await eventually(() => expect(world.field('Path of the file').value).toBe('/home/me/body.bin'));
    await eventually(() => expect(world.text()).toContain('read anew by each attempt'));
  });

  it('show the cookies of the folder', async () => {
    const cookie = {
      domain: 'localhost',
      hostOnly: true,
      path: '/',
      expires: null,
      secure: false,
      httpOnly: false,
    };
    const world = await openScores({
      'cookies:list': () => [{ ...cookie, name: 'sid', value: 'abcd' }],
      'cookies:remove': () => undefined,
    });
    click(world.button(/^Cookies/));
    await eventually(() => expect(world.field('Value of sid').value).toBe('abcd'));
    expect(world.field('Value of sid').type).toBe('password');
    click(document.querySelector('.head input') as HTMLInputElement);
    expect(world.app.form.request.cookies).toEqual({ jar: true });
    click(world.button('Remove sid'));
    expect(world.calls('cookies:remove')).toMatchObject([{ folderId: null, key: { name: 'sid' } }]);
  });
});
