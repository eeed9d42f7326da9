/** The system's keychain, as Electron offers it. */
import { safeStorage } from 'electron';
import type { SecretCipher } from './workspace/secret-vault.ts';

/** null where there is none; call it when the app is ready. */
export function createKeychain(): SecretCipher | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  // On Linux without a keyring Electron falls back to a password that everybody knows, which protects nothing.
  const backend = (safeStorage as Partial<Electron.SafeStorage>).getSelectedStorageBackend?.();
  if (backend === 'basic_text') return null;
  return {
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
  };
}
