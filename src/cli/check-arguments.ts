/** The arguments of `streamscope check`, and what they ask for. */
import { onlyPositional, readArguments, readNumber } from './arguments.ts';
import { UsageError } from './command.ts';
import type { CommandDeclaration, OptionTable } from './declaration.ts';
import { REQUEST_OPTIONS } from './request-arguments.ts';

const CHECK_OPTIONS = {
  spec: {
    type: 'string',
    short: 's',
    value: 'FILE',
    completes: 'file',
    help: 'The checks, as YAML; docs/checks.md has the language. Needed.',
  },
  junit: { type: 'string', value: 'FILE', completes: 'file', help: 'Write JUnit XML there as well.' },
  'json-report': { type: 'boolean', help: 'Print the results as one JSON value instead of a report.' },
  'fail-fast': { type: 'boolean', help: 'Of an address: end as soon as one check has failed.' },
  'max-time': {
    type: 'string',
    value: 'S',
    help: 'Of an address: end after S seconds, and judge what came.',
  },
  out: {
    type: 'string',
    value: 'DIR',
    completes: 'folder',
    help: 'Of an address: keep the session in the folder DIR, which must be new or empty.',
  },
  ...REQUEST_OPTIONS,
} as const satisfies OptionTable;

export const EXIT_CHECK_FAILED = 1;
export const EXIT_NOTHING_TO_CHECK = 3;

export const CHECK: CommandDeclaration = {
  name: 'check',
  summary: 'Judge a stream, a file or a session by checks, for people and for CI.',
  operands: [
    {
      name: 'URL|FILE|DIR|-',
      completes: 'file',
      help: 'The address of a stream, which is judged while it runs and until every check is decided; a file of wire bytes; the folder of a recorded session, or the id of one that the app keeps; - for wire bytes from standard input.',
    },
  ],
  options: CHECK_OPTIONS,
  about: `Prints what became of each check, with the events that prove it by their
numbers. A check that could not be judged (the times of a file of bytes, say) is
not applicable, and no failure. Ctrl+C ends the connection; what came is judged.`,
  examples: [
    {
      command: 'streamscope check http://127.0.0.1:8080/events --spec checks.yaml --max-time 30',
      does: 'Connects, and ends when everything is decided, or after half a minute.',
    },
    {
      command: 'streamscope check capture.sse --spec checks.yaml --junit report.xml',
      does: 'Judges a file, and writes what a build server reads.',
    },
  ],
  exitCodes: [
    { code: 0, means: 'no check failed' },
    { code: EXIT_CHECK_FAILED, means: 'a check failed' },
    { code: 2, means: 'bad usage, or checks that cannot be read' },
    { code: EXIT_NOTHING_TO_CHECK, means: 'nothing to judge: no answer, no such file' },
  ],
};

export function readCheckArguments(args: readonly string[]) {
  const { values, positionals } = readArguments(args, CHECK_OPTIONS);
  const target = onlyPositional(positionals, 'URL, FILE, DIR or -');
  if (values.spec === undefined || values.spec === '') throw new UsageError('--spec FILE is missing.');
  const seconds = readNumber(values['max-time'], '--max-time');
  return {
    target,
    values,
    spec: values.spec,
    junit: values.junit ?? null,
    json: values['json-report'] ?? false,
    failFast: values['fail-fast'] ?? false,
    maxMs: seconds === null ? null : seconds * 1000,
    folder: values.out ?? null,
  };
}

export type CheckArguments = ReturnType<typeof readCheckArguments>;
