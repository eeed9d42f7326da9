/** Completion for bash 3.2 and newer, without the bash-completion package. */
import type { CommandEntry } from '../command.ts';
import { offersOf, type CommandOffer, type ValueOffer } from './offers.ts';

export function bashCompletion(entries: readonly CommandEntry[]): string {
  const { names, groups, commands } = offersOf(entries);
  const groupCases = groups.map(
    (group) => `    ${group.name})
      if [ "$COMP_CWORD" -eq 2 ]; then
        ${replyWords(group.names.map(({ name }) => name))}
        return
      fi
      command="$command \${COMP_WORDS[2]}"
      ;;`,
  );
  return `# Completion of streamscope for bash, made by "streamscope completion bash".
_streamscope() {
  local IFS=$'\\n'
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    ${replyWords([...names.map(({ name }) => name), 'help', '--help', '--version'])}
    return
  fi
  case "$command" in
    help)
      ${replyWords(names.map(({ name }) => name))}
      return
      ;;
${groupCases.join('\n')}
  esac
  case "$command" in
${commands.map(commandCase).join('\n')}
  esac
}
_streamscope_paths() {
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen "$1" -- "$cur"))
}
complete -F _streamscope streamscope
`;
}

function commandCase({ words, options, operands }: CommandOffer): string {
  const valued = options.flatMap(({ name, short, value }) => {
    if (value === null) return [];
    const names = short === null ? `--${name}` : `--${name}|-${short}`;
    return [`        ${names})\n          ${reply(value)}\n          return\n          ;;`];
  });
  const cases = valued.length === 0 ? '' : `      case "$prev" in\n${valued.join('\n')}\n      esac\n`;
  const first = operands[0];
  return `    ${quoted(words.join(' '))})
${cases}      case "$cur" in
        -*)
          ${replyWords(options.map(({ name }) => `--${name}`))}
          ;;
        *)
          ${first ? reply(first) : ':'}
          ;;
      esac
      ;;`;
}

function reply({ words, completes }: ValueOffer): string {
  if (words.length > 0) return replyWords(words);
  if (completes === 'nothing') return ':';
  return `_streamscope_paths ${completes === 'folder' ? '-d' : '-f'}`;
}

function replyWords(words: readonly string[]): string {
  return `COMPREPLY=($(compgen -W ${quoted(words.join('\n'))} -- "$cur"))`;
}

/** For a shell, as one word whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
