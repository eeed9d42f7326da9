/** `streamscope sessions …`: what the window can do to the sessions that the app keeps. */
import type { ByteText } from '../../shared/sse/byte-text.ts';
import type { CommandGroup } from '../command.ts';
import { bookmarkCommand, deleteCommand, labelCommands, restoreCommand } from './change-sessions.ts';
import { exportCommand } from './export-session.ts';
import { listCommand, showCommand } from './list-sessions.ts';
import { searchCommand } from './search-sessions.ts';

export function sessionsGroup(byteText: ByteText, version: string): CommandGroup {
  return {
    name: 'sessions',
    summary: 'List, search, export and change the sessions that the app keeps.',
    about: `Works on the sessions that the app keeps, whether it runs or not. A session
that is being recorded can be read and not changed. decode, rebuild, check,
diff, replay and convert take their ids too.`,
    commands: [
      listCommand(byteText),
      showCommand(byteText),
      searchCommand(byteText),
      exportCommand(byteText, version),
      ...labelCommands(byteText),
      bookmarkCommand(byteText),
      deleteCommand(byteText),
      restoreCommand(byteText),
    ],
  };
}
