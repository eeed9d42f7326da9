/** The arguments of `streamscope tap`, and the tap that they ask for. */
import { BLANK_TAP, LOOPBACK_ADDRESS, type TapSpec } from '../shared/tap/tap-spec.ts';
import { readTarget } from '../shared/tap/target-url.ts';
import { onlyPositional, readArguments, readCount } from './arguments.ts';
import { UsageError } from './command.ts';
import type { CommandDeclaration, OptionTable } from './declaration.ts';
import { readTransport, TRANSPORT_OPTIONS } from './transport-arguments.ts';

const TAP_OPTIONS = {
  port: { type: 'string', short: 'p', value: 'N', help: 'Listen at this port. Default: any that is free.' },
  bind: {
    type: 'string',
    value: 'ADDRESS',
    help: 'Listen at this address. Default: 127.0.0.1, for programs on this machine; another one needs the token that is printed with the address.',
  },
  out: {
    type: 'string',
    value: 'DIR',
    completes: 'folder',
    help: 'Keep a session folder for each request below the folder DIR. Without it nothing is kept.',
  },
  json: { type: 'boolean', help: 'Print lines of JSON.' },
  'rewrite-location': {
    type: 'boolean',
    help: 'Turn redirects of the server that lead back to it to the tap.',
  },
  'max-request': {
    type: 'string',
    value: 'BYTES',
    help: 'Keep so much of the body of a request. Default: 1 MiB.',
  },
  ...TRANSPORT_OPTIONS,
} as const satisfies OptionTable;

export const TAP: CommandDeclaration = {
  name: 'tap',
  summary: 'Stand between a program and its server, and record what passes.',
  operands: [{ name: 'TARGET', help: 'The base address of the server, such as https://api.openai.com.' }],
  options: TAP_OPTIONS,
  about: `Listens at a local address and passes every request on to TARGET, and every
answer back, unchanged and as it comes. Set the address that it prints as the
base URL of the program. Prints a line for each request when its answer is over.
Ctrl+C ends it properly.`,
  examples: [
    {
      command: 'streamscope tap https://api.openai.com --port 4010 --out ./taps',
      does: 'Then run the program with OPENAI_BASE_URL=http://127.0.0.1:4010/v1.',
    },
  ],
};

export interface TapArguments {
  readonly spec: TapSpec;
  /** Where session folders go; null: nothing is kept. */
  readonly out: string | null;
  readonly json: boolean;
}

/** @throws UsageError */
export function readTapArguments(args: readonly string[]): TapArguments {
  const { values, positionals } = readArguments(args, TAP_OPTIONS);
  const target = onlyPositional(positionals, 'TARGET');
  const read = readTarget(target);
  if (!read.ok) throw new UsageError(read.message);
  if (values.out === '') throw new UsageError('--out needs the name of a folder.');
  const port = values.port === undefined ? 0 : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError('--port must be a number from 0 to 65535.');
  return {
    spec: {
      ...BLANK_TAP,
      id: 'tap',
      target,
      port,
      bind: values.bind ?? LOOPBACK_ADDRESS,
      rewriteLocation: values['rewrite-location'] ?? false,
      maxRequestBytes: readCount(values['max-request'], '--max-request') ?? BLANK_TAP.maxRequestBytes,
      transport: readTransport(values),
    },
    out: values.out ?? null,
    json: values.json ?? false,
  };
}
