/** Parsers of variables, environments and what is said about secrets. */
import type { Environment, SecretKeeping, SecretRef, Variable } from '../workspace/workspace.ts';
import { fields, flag, identifier, list, oneOf, text } from './argument-fields.ts';

const MAX_VARIABLES = 10_000;
const MAX_ENVIRONMENTS = 1000;

export function variables(value: unknown): readonly Variable[] {
  return list({ variables: value }, 'variables', MAX_VARIABLES).map((one) => {
    const from = fields(one, 'a variable');
    const secret = flag(from, 'secret');
    return {
      name: text(from, 'name', 4096),
      // Whatever hands over a secret's value here: it is not kept with the rest.
      value: secret ? '' : text(from, 'value'),
      secret,
      enabled: flag(from, 'enabled'),
    };
  });
}

export function environments(value: unknown): readonly Environment[] {
  return list({ environments: value }, 'environments', MAX_ENVIRONMENTS).map((one) => {
    const from = fields(one, 'an environment');
    return {
      id: identifier(from, 'id'),
      name: text(from, 'name', 4096),
      variables: variables(from['variables']),
    };
  });
}

export function secretRef(value: unknown): SecretRef {
  const from = fields(value);
  return { ownerId: identifier(from, 'ownerId'), name: text(from, 'name', 4096) };
}

export function secretValue(value: unknown): { readonly ref: SecretRef; readonly value: string } {
  const from = fields(value);
  return { ref: secretRef(from['ref']), value: text(from, 'value', 1_048_576) };
}

export function secretKeeping(value: unknown): { readonly keeping: SecretKeeping } {
  return { keeping: oneOf(fields(value), 'keeping', ['keychain', 'file', 'memory']) };
}
