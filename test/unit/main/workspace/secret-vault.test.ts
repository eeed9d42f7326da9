import { mkdtempSync } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSecretVault, type SecretCipher } from '../../../../src/main/workspace/secret-vault.ts';

let folder = '';
let path = '';
let said: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamscope-vault-'));
  path = join(folder, 'secrets.json');
  said = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Stands for the system's keychain, which no test can rely on. */
const cipher: SecretCipher = {
  encrypt: (text) => Buffer.from([...Buffer.from(text)].map((byte) => byte ^ 0x5a)),
  decrypt: (bytes) => Buffer.from([...bytes].map((byte) => byte ^ 0x5a)).toString(),
};
const open = (withCipher: SecretCipher | null = null) =>
  openSecretVault({ path, cipher: withCipher, say: (message) => said.push(message) });
const ref = { ownerId: 'prod', name: 'key' };
const text = () => readFile(path, 'utf8');

describe('the secret vault', () => {
  it('with a keychain keeps values sealed', async () => {
    const vault = await open(cipher);
    expect(vault).toMatchObject({ keeping: 'keychain', keychain: true, known: [] });
    vault.set(ref, 'very-secret');
    await vault.flush();
    expect(await text()).not.toContain('very-secret');
    const again = await open(cipher);
    expect(again.value('prod', 'key')).toBe('very-secret');
    expect(again.value('other', 'key')).toBeNull();
  });

  it('without one forgets values at the end', async () => {
    const vault = await open();
    expect(vault.keeping).toBe('memory');
    vault.set(ref, 'very-secret');
    expect(vault.known).toEqual([ref]);
    await vault.flush();
    expect(await text()).not.toContain('very-secret');
    expect((await open()).value('prod', 'key')).toBeNull();
    expect(said).toEqual([]);
  });

  it('keeps them in a file of its owner when the user says so, until they say otherwise', async () => {
    const vault = await open();
    vault.set(ref, 'very-secret');
    vault.keep('file');
    await vault.flush();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const again = await open();
    expect(again.keeping).toBe('file');
    expect(again.value('prod', 'key')).toBe('very-secret');
    again.keep('memory');
    await again.flush();
    expect(await text()).not.toContain('very-secret');
  });

  it('moves values from the file into a keychain', async () => {
    const vault = await open(cipher);
    vault.keep('file');
    vault.set(ref, 'very-secret');
    vault.keep('keychain');
    await vault.flush();
    expect(await text()).not.toContain('very-secret');
    expect((await open(cipher)).value('prod', 'key')).toBe('very-secret');
  });

  it('forgets a value that is set to nothing', async () => {
    const vault = await open();
    vault.set(ref, 'x');
    vault.set(ref, '');
    expect(vault.known).toEqual([]);
    expect(vault.value('prod', 'key')).toBeNull();
  });

  it('says when values cannot be opened, and keeps them for a keychain that can', async () => {
    const vault = await open(cipher);
    vault.set(ref, 'very-secret');
    await vault.flush();
    const locked = await open();
    expect(said).toHaveLength(1);
    expect(locked.value('prod', 'key')).toBeNull();
    locked.set({ ownerId: 'prod', name: 'other' }, 'y');
    await locked.flush();
    expect((await open(cipher)).value('prod', 'key')).toBe('very-secret');
  });

  it('says when its file is damaged', async () => {
    await writeFile(path, '{');
    expect((await open()).known).toEqual([]);
    expect(said).toHaveLength(1);
  });
});
