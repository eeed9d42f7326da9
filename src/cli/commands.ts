/** The commands of the program, in the order of its help: one line each. The list is also what completion and man page are made of. */
import type { Clock } from '../shared/base/clock.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import type { CommandEntry } from './command.ts';
import { checkCommand } from './check-command.ts';
import { completionCommand } from './completion/completion-command.ts';
import { convertCommand } from './convert/convert-command.ts';
import { diffCommand } from './diff-command.ts';
import { manCommand } from './man-command.ts';
import { decodeCommand, rebuildCommand } from './read-commands.ts';
import { recordCommand } from './record-command.ts';
import { replayCommand } from './replay-command.ts';
import { tapCommand } from './tap-command.ts';
import { sessionsGroup } from './sessions/sessions-group.ts';
import { tailCommand } from './tail-command.ts';

export interface CommandDeps {
  readonly byteText: ByteText;
  readonly clock: Clock;
  /** Of the program. */
  readonly version: string;
}

export function createCommands({ byteText, clock, version }: CommandDeps): readonly CommandEntry[] {
  const commands: CommandEntry[] = [
    recordCommand(byteText, clock),
    decodeCommand(byteText),
    rebuildCommand(byteText),
    convertCommand(byteText, version),
    diffCommand(byteText),
    replayCommand(byteText, clock),
    tapCommand(byteText, clock),
    checkCommand(byteText, clock),
    tailCommand(byteText, clock),
    sessionsGroup(byteText, version),
  ];
  commands.push(
    completionCommand(() => commands),
    manCommand(() => commands, version),
  );
  return commands;
}
