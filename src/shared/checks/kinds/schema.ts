/**
 * `schema`: the data of every event that matches is valid against a JSON Schema. The validator reads the schema and makes no
 * code of it, so that a specification of somebody else stays data.
 */
import { Validator, type SchemaDraft } from '@cfworker/json-schema';
import { failed, notApplicable, passed, pending, type RunningCheck } from '../check.ts';
import type { CheckKind, ReadContext } from '../check-kind.ts';
import { anyRegex, eventMatchOr } from '../event-match.ts';
import { createProofs } from '../proofs.ts';
import type { SpecNode, SpecQuery } from '../spec-node.ts';
import { counted } from '../words.ts';

export const schemaKind: CheckKind = {
  key: 'schema',
  means: 'the data of every event that matches is valid against a JSON Schema',
  example: `schema:
  matches: type:goal
  is:
    type: object
    required: [minute, team]
    properties:
      minute: { type: integer, minimum: 0 }`,
  read(value, context) {
    const given = value.fields('schema', ['matches', 'is', 'file']);
    if (given.is && given.file) throw given.file.fault('"is" and "file" contradict each other: give one.');
    const at = given.is ?? given.file;
    if (!at) throw value.fault('schema needs "is", the schema itself, or "file", where it is.');
    const schema = given.is ? given.is.value() : given.file ? schemaOfFile(given.file, context) : null;
    // Without files at hand the document can still be read; whoever runs it has them.
    const validator = schema === undefined ? null : validatorOf(schema, at);
    const matches = given.matches?.query('matches') ?? null;
    const which = matches === null ? 'Every event' : `Every event that matches ${matches.text}`;
    const against = given.file ? ` of ${given.file.text('file')}` : '';
    return {
      asserts: `${which} is valid against the schema${against}`,
      hasRegex: anyRegex([matches]) || JSON.stringify(schema ?? null).includes('"pattern'),
      start: () => run(validator, matches),
    };
  },
};

/** undefined: files cannot be read here. */
function schemaOfFile(file: SpecNode, { fileText }: ReadContext): unknown {
  const path = file.text('file');
  if (!fileText) return undefined;
  const text = fileText(path);
  if (text === null)
    throw file.fault(`The file "${path}" cannot be read. Its path counts from the checks' folder.`);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw file.fault(`"${path}" is no JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

const DRAFTS: readonly (readonly [RegExp, SchemaDraft])[] = [
  [/draft-04/, '4'],
  [/draft-0[67]/, '7'],
  [/2019-09/, '2019-09'],
];

function validatorOf(schema: unknown, at: SpecNode): Validator {
  if (typeof schema !== 'boolean' && (typeof schema !== 'object' || schema === null || Array.isArray(schema)))
    throw at.fault('A schema is an object, true or false.');
  const named = typeof schema === 'object' && '$schema' in schema ? String(schema.$schema) : '';
  const draft = DRAFTS.find(([pattern]) => pattern.test(named))?.[1] ?? '2020-12';
  try {
    // A value from outside; what is no schema in it is found by using it.
    const validator = new Validator(schema, draft);
    for (const probe of [{}, [], '', 0]) validator.validate(probe);
    return validator;
  } catch (error) {
    throw at.fault(`This schema cannot be used: ${oneLine(error)}`);
  }
}

function oneLine(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
  return text.endsWith('.') ? text : `${text}.`;
}

function run(validator: Validator | null, matches: SpecQuery | null): RunningCheck {
  const isMatch = eventMatchOr(matches);
  const wrong = createProofs();
  let first = '';
  let seen = 0;
  return {
    entry({ seq }, facts) {
      if (validator === null || !isMatch(facts)) return;
      seen += 1;
      const why = complaintOf(validator, facts.data);
      if (why === null) return;
      if (wrong.total === 0) first = why;
      wrong.add(seq);
    },
    verdict({ ended }) {
      if (validator === null) return notApplicable('The file of the schema cannot be read here.');
      if (wrong.total > 0) {
        const which = wrong.total === 1 ? '' : 'The first: ';
        return wrong.on(
          failed(
            `${wrong.total} of ${counted(seen, 'event')} ${wrong.total === 1 ? 'is' : 'are'} not valid. ${which}${first}`,
          ),
        );
      }
      if (seen === 0 && ended) return notApplicable('No event matched, so none was judged.');
      const sentence = `${counted(seen, 'event')} valid`;
      return ended ? passed(`${sentence}.`) : pending(`${sentence} so far.`);
    },
  };
}

/** What is wrong with the data, in a sentence; null: nothing. */
function complaintOf(validator: Validator, data: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(data) as unknown;
  } catch {
    return 'Its data is no JSON.';
  }
  try {
    const { valid, errors } = validator.validate(value);
    if (valid) return null;
    // The last one is the innermost: the others only say that what is in them is not valid.
    const worst = errors.at(-1);
    if (!worst) return 'It is not valid.';
    const where = worst.instanceLocation.replace(/^#/, '');
    return `${where === '' ? 'The data' : where}: ${worst.error}`;
  } catch (error) {
    return `The schema cannot be used: ${oneLine(error)}`;
  }
}
