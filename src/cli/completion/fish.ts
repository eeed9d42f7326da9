/** Completion for fish: one `complete` line for each thing that can be typed. */
import type { CommandEntry } from '../command.ts';
import { offersOf, type CommandOffer, type NamedOffer, type ValueOffer } from './offers.ts';

export function fishCompletion(entries: readonly CommandEntry[]): string {
  const { names, groups, commands } = offersOf(entries);
  const lines = [
    ...names.map((name) => named('__streamscope_at 0', name)),
    ...names.map((name) => named('__streamscope_in help', name)),
    ...groups.flatMap((group) => group.names.map((name) => named(`__streamscope_at 1 ${group.name}`, name))),
    ...commands.flatMap(commandLines),
  ];
  return `# Completion of streamscope for fish, made by "streamscope completion fish".
function __streamscope_words
    set -l words (commandline -opc)
    set -e words[1]
    for word in $words
        string match -q -- '-*' $word; or echo $word
    end
end
# So many words stand before the cursor, and they are these.
function __streamscope_at
    set -l words (__streamscope_words)
    test (count $words) -eq $argv[1]; or return 1
    set -e argv[1]
    test "$words" = "$argv"
end
# The words before the cursor begin with these.
function __streamscope_in
    set -l words (__streamscope_words)
    test (count $words) -ge (count $argv); or return 1
    test "$words[1..(count $argv)]" = "$argv"
end
complete -c streamscope -f
${lines.join('\n')}
`;
}

function named(condition: string, { name, summary }: NamedOffer): string {
  return `complete -c streamscope -n ${quoted(condition)} -a ${quoted(name)} -d ${quoted(summary)}`;
}

function commandLines({ words, options, operands }: CommandOffer): readonly string[] {
  const start = `complete -c streamscope -n ${quoted(`__streamscope_in ${words.join(' ')}`)}`;
  const optionLines = options.map(({ name, short, help, value }) => {
    const letter = short === null ? '' : ` -s ${short}`;
    const after = value === null ? '' : value.completes === 'nothing' ? ' -x' : ' -r';
    return `${start}${letter} -l ${name}${after}${value ? offered(value) : ''} -d ${quoted(help)}`;
  });
  return [...optionLines, ...operands.flatMap((one) => (offered(one) === '' ? [] : [start + offered(one)]))];
}

function offered({ words, completes }: ValueOffer): string {
  if (words.length > 0) return ` -a ${quoted(words.join(' '))}`;
  if (completes === 'nothing') return '';
  return completes === 'folder' ? " -a '(__fish_complete_directories)'" : ' -F';
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
