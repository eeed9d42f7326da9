import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import { endpoint, openWorld } from './support/world.ts';

const open = async () => {
  const world = await openWorld({
    nodes: [endpoint('e1', 'https://localhost/events')],
    ui: { endpointId: 'e1' },
    answers: { 'dialog:choose-file': () => '/certs/ca.pem' },
  });
  world.button(/^TLS and proxy/).click();
  flushSync();
  return world;
};

it('takes a file of authorities from a dialog', async () => {
  const world = await open();
  world.button('Choose a file: Authorities').click();
  await expect.poll(() => world.app.form.request.transport.tls.caFile).toBe('/certs/ca.pem');
  expect(world.calls('dialog:choose-file')).toEqual([{ purpose: 'authorities' }]);
});

it('warns under the address as long as certificates are not verified, and offers the way back', async () => {
  const world = await open();
  expect(world.text()).not.toContain('is not verified');
  const check = [...document.querySelectorAll<HTMLInputElement>('input[type=checkbox]')].find((box) =>
    box.closest('label')?.textContent.includes('Do not verify'),
  );
  check?.click();
  flushSync();
  expect(world.text()).toContain("The server's certificate is not verified");
  world.button('Verify it').click();
  flushSync();
  expect(world.app.form.request.transport.tls.unverified).toBe(false);
  expect(world.text()).not.toContain("The server's certificate is not verified");
});

it('asks for what a proxy of one’s own needs', async () => {
  const world = await open();
  const picks = [...document.querySelectorAll('select')];
  const use = picks.find((pick) => [...pick.options].some(({ value }) => value === 'manual'));
  if (!use) throw new Error('There is no choice of a proxy');
  use.value = 'manual';
  use.dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
  world.type(world.field('Password'), 'sesame');
  expect(world.app.form.request.transport.proxy).toMatchObject({ mode: 'manual', password: 'sesame' });
  expect(world.field('Password').type).toBe('password');
});
