/** Writes the measured part of docs/performance.md; what people wrote around it stays. */
import { readFile, writeFile } from 'node:fs/promises';
import prettier from 'prettier';
import { inProject } from '../../scripts/setup/project.mjs';
import { table } from './table.mjs';

const BEGIN = '<!-- Written by `npm run bench -- --write`. -->';
const END = '<!-- End of what is written. -->';

export async function writePage(machine, rows) {
  const path = inProject('docs', 'performance.md');
  const page = await readFile(path, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error('docs/performance.md has lost the marks around its measured part');
  const facts = Object.entries(machine).map(([key, value]) => `${key} ${value}`);
  const written = `${before}${BEGIN}\n\nMachine: ${facts.join(', ')}.\n\n${table(rows)}\n\n${END}${after}`;
  const options = (await prettier.resolveConfig(path)) ?? {};
  await writeFile(path, await prettier.format(written, { ...options, filepath: path }));
}
