/** A client in a process of its own: prints when each piece of a body came, in milliseconds, as a JSON array. */
import { get } from 'node:http';
import { performance } from 'node:perf_hooks';

const times = [];
get(process.argv[2], { agent: false }, (response) => {
  response.on('data', () => times.push(performance.now()));
  response.on('end', () => process.stdout.write(JSON.stringify(times)));
}).on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
