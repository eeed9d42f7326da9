/**
 * Values of secret variables, apart from everything else: in the system's keychain where there is one, otherwise in memory until
 * the app ends, or, when the user says so, as text in a file that only its owner can read. Never logs a value.
 */
import type { SecretKeeping, SecretRef } from '../../shared/workspace/workspace.ts';
import { createJsonFile } from './json-file.ts';

/** The system's keychain, or what stands for it. */
export interface SecretCipher {
  encrypt(text: string): Uint8Array;
  /** Throws when the bytes were not made by this user's keychain. */
  decrypt(bytes: Uint8Array): string;
}

export interface SecretVault {
  readonly keeping: SecretKeeping;
  /** Whether the system has a keychain that can be used. */
  readonly keychain: boolean;
  /** Those that have a value. */
  readonly known: readonly SecretRef[];
  value(ownerId: string, name: string): string | null;
  /** "" forgets the value. */
  set(ref: SecretRef, value: string): void;
  /** Where values are kept from now on; those that are known move there. */
  keep(how: SecretKeeping): void;
  flush(): Promise<void>;
}

const FORMAT_VERSION = 1;

export interface SecretVaultDeps {
  readonly path: string;
  /** null: the system has none. */
  readonly cipher: SecretCipher | null;
  readonly say: (message: string) => void;
}

/** Opens the vault; values that cannot be read are said and asked for again. */
export async function openSecretVault({ path, cipher, say }: SecretVaultDeps): Promise<SecretVault> {
  const values = new Map<string, { readonly ref: SecretRef; readonly value: string }>();
  const file = createJsonFile(path, (error) =>
    say(`The secrets could not be saved: ${error.message}. They are known until you quit.`),
  );
  const stored = await file.read().catch(() => null);
  let keeping: SecretKeeping = cipher ? 'keychain' : 'memory';
  let damaged = stored === null;
  /** Sealed by a keychain that does not open them now; it may later. */
  const unread = new Map<string, unknown>();
  for (const { ref, text, sealed } of readEntries(stored)) {
    try {
      if (sealed && !cipher) throw new Error('There is no keychain.');
      const value = sealed && cipher ? cipher.decrypt(Buffer.from(text, 'base64')) : text;
      values.set(keyOf(ref), { ref, value });
      // A file that the user chose stays chosen.
      if (!sealed) keeping = 'file';
    } catch {
      damaged = true;
      unread.set(keyOf(ref), { ...ref, sealed: text });
    }
  }
  if (damaged)
    say('Some secrets could not be read from where they were kept. They are asked for when they are needed.');

  function save(): void {
    const kept = keeping === 'memory' ? [] : [...values.values()];
    file.save({
      version: FORMAT_VERSION,
      secrets: [
        ...kept.map(({ ref, value }) =>
          keeping === 'keychain' && cipher
            ? { ...ref, sealed: Buffer.from(cipher.encrypt(value)).toString('base64') }
            : { ...ref, value },
        ),
        ...unread.values(),
      ],
    });
  }

  return {
    get keeping() {
      return keeping;
    },
    keychain: cipher !== null,
    get known() {
      return [...values.values()].map(({ ref }) => ref);
    },
    value: (ownerId, name) => values.get(keyOf({ ownerId, name }))?.value ?? null,
    set(ref, value) {
      unread.delete(keyOf(ref));
      if (value === '') values.delete(keyOf(ref));
      else values.set(keyOf(ref), { ref, value });
      save();
    },
    keep(how) {
      keeping = how === 'keychain' && !cipher ? 'memory' : how;
      save();
    },
    flush: () => file.flush(),
  };
}

function keyOf({ ownerId, name }: SecretRef): string {
  return `${ownerId}\n${name}`;
}

interface StoredSecret {
  readonly ref: SecretRef;
  readonly text: string;
  readonly sealed: boolean;
}

function readEntries(stored: unknown): readonly StoredSecret[] {
  const secrets = (stored as { secrets?: unknown } | null | undefined)?.secrets;
  if (!Array.isArray(secrets)) return [];
  return secrets.flatMap((one: unknown): StoredSecret[] => {
    const { ownerId, name, sealed, value } = (one ?? {}) as Record<string, unknown>;
    if (typeof ownerId !== 'string' || typeof name !== 'string') return [];
    if (typeof sealed === 'string') return [{ ref: { ownerId, name }, text: sealed, sealed: true }];
    return typeof value === 'string' ? [{ ref: { ownerId, name }, text: value, sealed: false }] : [];
  });
}
