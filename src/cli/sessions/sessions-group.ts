/** `streamscope sessions …`: what the window can do to the sessions that the app keeps. */
import type { ByteText } from '../../shared/sse/byte-text.ts';
import type { CommandGroup } from '../command.ts';
import { bookmarkCommand, deleteCommand, labelCommands, restoreCommand } from './change-sessions.ts';
import { listCommand, showCommand } from './list-sessions.ts';
import { searchCommand } from './search-sessions.ts';

export function sessionsGroup(byteText: ByteText): CommandGroup {
  return {
    name: 'sessions',
    summary: 'List, search and change the sessions that the app keeps.',
    about: `Works on the sessions that the app keeps, whether it runs or not. A session
that is being recorded can be read and not changed. Their folders are what
decode, rebuild, check, replay and convert take; show names them.`,
    commands: [
      listCommand(byteText),
      showCommand(byteText),
      searchCommand(byteText),
      ...labelCommands(byteText),
      bookmarkCommand(byteText),
      deleteCommand(byteText),
      restoreCommand(byteText),
    ],
  };
}
