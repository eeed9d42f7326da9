/** Main's side of the contract: one function that takes a name and raw arguments, and always answers with an envelope. */
import { commands, type CommandName, type Handlers } from './contract.ts';
import { CodedError, toErrorBody, type Envelope } from './envelope.ts';

export type Dispatch = (name: unknown, rawArgs: unknown) => Promise<Envelope<unknown>>;

/** Called with every error that a handler did not foresee, so that it can be written down where a developer finds it. */
export type UnforeseenError = (command: CommandName, error: unknown) => void;

/** Makes the dispatcher. It never rejects: unknown names, bad arguments and handlers' errors become error envelopes. */
export function createDispatcher(handlers: Handlers, onUnforeseen: UnforeseenError): Dispatch {
  return async (name, rawArgs) => {
    if (!isCommandName(name))
      return refuse(new CodedError('bad-arguments', `There is no command "${String(name)}".`));
    try {
      return { ok: true, value: await run(handlers, name, rawArgs) };
    } catch (error) {
      if (!(error instanceof CodedError)) onUnforeseen(name, error);
      return refuse(error);
    }
  };
}

async function run(handlers: Handlers, name: CommandName, rawArgs: unknown): Promise<unknown> {
  // Parser and handler of one name belong together by the type of `Handlers`; the compiler cannot follow a union of names.
  const handler = handlers[name] as (args: unknown) => unknown;
  return handler(commands[name].parse(rawArgs));
}

function isCommandName(name: unknown): name is CommandName {
  return typeof name === 'string' && Object.hasOwn(commands, name);
}

function refuse(error: unknown): Envelope<never> {
  return { ok: false, error: toErrorBody(error) };
}
