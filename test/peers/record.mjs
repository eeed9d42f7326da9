/** Runs the command line program against a peer, as a user would, and reads back what it recorded. */
import { spawn } from 'node:child_process';
import { inProject } from '../../scripts/setup/project.mjs';

const PROGRAM = inProject('out', 'main', 'cli.cjs');
/** So that a peer that does not do what is expected fails its check and does not hold up the rest. */
const MOST_SECONDS = '15';

/** Resolves to the entries that `streamscope record` printed, its exit code and what it said on standard error. */
export function record(url, ...args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, 'record', '--max-time', MOST_SECONDS, ...args, url], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
    child.on('error', reject);
    child.on('close', (code) => {
      const entries = output
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
      const of = (kind) => entries.filter((entry) => entry.kind === kind);
      resolve({ entries, of, events: of('event'), code, errors });
    });
  });
}

/** The value of a header in the response head of an attempt, from 1; undefined when it is not there. */
export function headerOf({ of }, name, attempt = 1) {
  const head = of('response-head').find((entry) => entry.attempt === attempt);
  return head?.headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

export const dataOf = ({ events }) => events.map((event) => event.data);

/** What each attempt sent as Last-Event-ID; "" for none. */
export const sentIds = ({ of }) => of('attempt-start').map((entry) => entry.lastEventId);

export const commentsOf = ({ entries }) => entries.flatMap((entry) => entry.comments ?? []);
