/** Completion for zsh, by its own `_arguments` and `_describe`. */
import type { CommandEntry } from '../command.ts';
import { offersOf, type CommandOffer, type NamedOffer, type OptionOffer, type ValueOffer } from './offers.ts';

export function zshCompletion(entries: readonly CommandEntry[]): string {
  const { names, groups, commands } = offersOf(entries);
  const arms = groups.map(
    ({ name, names: inner }) => `    ${name})
      if (( CURRENT == 2 )); then
        local -a inner=(${described(inner)})
        _describe 'command' inner
        return
      fi
      command="$command $words[2]"
      shift words
      (( CURRENT-- ))
      ;;`,
  );
  return `#compdef streamscope
# Completion of streamscope for zsh, made by "streamscope completion zsh".
_streamscope() {
  local context state state_descr line command
  typeset -A opt_args
  if (( CURRENT == 2 )); then
    local -a names=(${described(names)})
    _describe 'command' names
    return
  fi
  shift words
  (( CURRENT-- ))
  command=$words[1]
  case $command in
    help)
      local -a names=(${described(names)})
      _describe 'command' names
      return
      ;;
${arms.join('\n')}
  esac
  case $command in
${commands.map(commandArm).join('\n')}
  esac
}
if [ "$funcstack[1]" = "_streamscope" ]; then
  _streamscope "$@"
else
  compdef _streamscope streamscope
fi
`;
}

function commandArm({ words, options, operands }: CommandOffer): string {
  const specs = [
    ...options.map(optionSpec),
    ...operands.map((operand) =>
      quoted(`${operand.multiple ? '*' : ''}:${escaped(operand.name)}:${action(operand)}`),
    ),
  ];
  return `    ${quoted(words.join(' '))})
      _arguments -s -S \\
${specs.map((spec) => `        ${spec}`).join(' \\\n')}
      ;;`;
}

function optionSpec({ name, short, multiple, help, value }: OptionOffer): string {
  const rest = `[${escaped(help)}]${value === null ? '' : `:${escaped(value.name)}:${action(value)}`}`;
  const names = short === null ? [`--${name}`] : [`-${short}`, `--${name}`];
  const once = multiple ? '*' : names.length > 1 ? `(${names.join(' ')})` : '';
  const start = once === '' ? '' : quoted(once);
  return names.length > 1
    ? `${start}{${names.join(',')}}${quoted(rest)}`
    : `${start}${names[0]}${quoted(rest)}`;
}

function action({ words, completes }: ValueOffer): string {
  if (words.length > 0) return `(${words.map(escaped).join(' ')})`;
  return completes === 'nothing' ? ' ' : completes === 'folder' ? '_files -/' : '_files';
}

function described(names: readonly NamedOffer[]): string {
  return names.map(({ name, summary }) => quoted(`${escaped(name)}:${summary}`)).join(' ');
}

/** Of the characters that mean something in a specification. */
function escaped(text: string): string {
  return text.replace(/[[\]:\\]/g, '\\$&');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
