/** A file of checks with the schemas that it names; what is wrong with it is bad usage, with every place named. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Check } from '../shared/checks/check.ts';
import { readChecks } from '../shared/checks/read-checks.ts';
import { UsageError } from './command.ts';

/** @throws UsageError */
export async function readSpecFile(path: string): Promise<readonly Check[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `The checks "${path}" cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const folder = dirname(resolve(path));
  const { checks, problems } = readChecks(text, {
    fileText(name) {
      try {
        return readFileSync(resolve(folder, name), 'utf8');
      } catch {
        // The check that names it says so.
        return null;
      }
    },
  });
  if (problems.length > 0) {
    const places = problems.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`);
    throw new UsageError(`The checks cannot be read.\n${places.join('\n')}`);
  }
  if (checks.length === 0) throw new UsageError(`There are no checks in "${path}".`);
  return checks;
}
