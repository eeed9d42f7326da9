/** `--reconnect` and `--set` of `streamscope record`: the reconnect policy, with settings as docs/connections.md names them. */
import { parseDelay } from '../shared/connection/delay-text.ts';
import {
  RECONNECT_PRESETS,
  SETTING_NAMES,
  type ReconnectSettings,
} from '../shared/connection/reconnect-settings.ts';
import type { ReconnectPolicy } from '../shared/connection/types.ts';
import { reconnectPolicy } from '../shared/ipc/parse-reconnect.ts';
import { UsageError } from './command.ts';

type SettingName = keyof ReconnectSettings;

/** @throws UsageError */
export function readReconnect(preset: string, settings: readonly string[]): ReconnectPolicy {
  const changed = settings.map(readSetting);
  try {
    return reconnectPolicy({ preset, ...Object.fromEntries(changed) });
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^Bad arguments: /, '') : String(error);
    throw new UsageError(`The reconnect policy cannot be read: ${why}.`.replace(/\.\.$/, '.'));
  }
}

function readSetting(text: string): [SettingName, unknown] {
  const at = text.indexOf('=');
  const given = at < 0 ? text : text.slice(0, at);
  const name = SETTING_NAMES.find((one) => optionName(one) === given);
  if (at < 1 || name === undefined) {
    const names = SETTING_NAMES.map(optionName).join(', ');
    throw new UsageError(`"${text}" is not a setting. Write NAME=VALUE, where NAME is one of ${names}.`);
  }
  return [name, readValue(name, text.slice(at + 1))];
}

/** "stallTimeoutMs" is "stall-timeout". */
function optionName(name: SettingName): string {
  return name.replace(/Ms$/, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function readValue(name: SettingName, text: string): unknown {
  const like = RECONNECT_PRESETS.browser[name];
  if (typeof like === 'string') return text;
  if (typeof like === 'boolean') {
    if (text === 'yes' || text === 'no') return text === 'yes';
    throw new UsageError(`${optionName(name)} is yes or no, and not "${text}".`);
  }
  if (name.endsWith('Ms')) {
    const ms = parseDelay(text);
    if (ms === null)
      throw new UsageError(`${optionName(name)} is a time such as 30s, 250ms or 5min, and not "${text}".`);
    return ms;
  }
  if (!/^\d{1,9}$/.test(text))
    throw new UsageError(`${optionName(name)} is a whole number, and not "${text}".`);
  return Number(text);
}
