/** `settings.json`: read at the start, rewritten whole a moment after a change. */
import { DEFAULT_SETTINGS, parseSettings, type Settings } from '../../shared/settings/settings.ts';
import { createJsonFile } from '../workspace/json-file.ts';

export interface SettingsFile {
  readonly value: Settings;
  set(value: Settings): void;
  flush(): Promise<void>;
}

/** A file that cannot be read is told by `say` and counts as none. */
export async function openSettingsFile(path: string, say: (message: string) => void): Promise<SettingsFile> {
  const file = createJsonFile(path, (error) => say(`The settings were not saved: ${error.message}`));
  let value = DEFAULT_SETTINGS;
  try {
    value = parseSettings(await file.read());
  } catch (error) {
    say(
      `The settings could not be read (${path}): ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return {
    get value() {
      return value;
    },
    set(next) {
      value = next;
      file.save(next);
    },
    flush: file.flush,
  };
}
