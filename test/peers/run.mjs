/** Runs the checks of each peer and keeps what came of them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const NAMES = [
  'better-sse',
  'hono',
  'fastify-sse',
  'graphql-sse',
  'mcp-everything',
  'aimock',
  'nchan',
  'wiremock',
];

/** Resolves to one result a peer: its checks, or why it was skipped. `say` gets a line for each. */
export async function runPeers(chosen, say) {
  const unknown = chosen.find((name) => !NAMES.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no peer "${unknown}". There are: ${NAMES.join(', ')}.`);
  const results = [];
  for (const file of chosen.length > 0 ? chosen : NAMES) {
    const peer = await import(`./peers/${file}.mjs`);
    const result = {
      name: peer.name,
      version: await versionOf(peer),
      checks: [],
      skipped: await peer.missing?.(),
    };
    results.push(result);
    if (result.skipped) {
      say(`skipped ${peer.name}. To have it: ${result.skipped}`);
      continue;
    }
    const check = (what, holds, seen = '') => {
      result.checks.push({ what, holds });
      say(
        `${holds ? 'ok     ' : 'FAILED '} ${peer.name}: ${what}${holds || seen === '' ? '' : ` (${seen})`}`,
      );
    };
    try {
      await peer.run(check);
    } catch (error) {
      check('runs to its end', false, error instanceof Error ? error.message : String(error));
    }
  }
  return results;
}

async function versionOf({ packages, version }) {
  if (packages.length === 0) return version();
  const versions = packages.map(async (name) => {
    const text = await readFile(join(import.meta.dirname, 'node_modules', name, 'package.json'), 'utf8');
    return `${name} ${JSON.parse(text).version}`;
  });
  return (await Promise.all(versions)).join(', ');
}

/** The report as a page for docs/peers.md. */
export function peersPage(results) {
  const rows = results.flatMap(({ name, version, checks, skipped }) =>
    skipped
      ? [`| ${name} | ${version} | | skipped |`]
      : checks.map(
          ({ what, holds }) => `| ${name} | ${version} | ${what} | ${holds ? 'as expected' : '**not**'} |`,
        ),
  );
  return `# Servers that nobody here wrote

\`npm run peers\` starts each of these on loopback, runs \`streamscope record\` against it and checks what was recorded. Their packages are
installed into \`test/peers\` when they are first wanted; nginx and Java come from the system, and a peer that is not there is skipped by
name. \`npm run peers -- NAME …\` runs some of them, \`--write\` writes this page.

| peer | version | what was checked | result |
| ---- | ------- | ---------------- | ------ |
${rows.join('\n')}
`;
}
