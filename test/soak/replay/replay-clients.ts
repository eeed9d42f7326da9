/**
 * Clients of one replay that loops, in a process of their own. Each checks that the numbers it gets go up by one and begin again
 * at the end. Half of them drop their connection again and again and resume with Last-Event-ID.
 */
import { get, type ClientRequest } from 'node:http';

export interface ClientSettings {
  readonly url: string;
  readonly clients: number;
  readonly events: number;
  /** Mean time between two drops of a client that drops. */
  readonly dropMs: number;
}

export interface ClientsReport {
  readonly received: number;
  readonly resumed: number;
  readonly faults: readonly string[];
  /** Of the client that got the fewest, among those that stay connected. */
  readonly fewest: number;
}

const MAX_FAULTS = 20;

const settings = JSON.parse(process.argv[2] ?? '{}') as ClientSettings;
const faults: string[] = [];
let resumed = 0;
let isOver = false;

const clients = Array.from({ length: settings.clients }, (_, number) => follow(number));
process.once('message', () => {
  isOver = true;
  for (const client of clients) client.leave();
  const received = clients.map(({ count }) => count);
  const report: ClientsReport = {
    received: received.reduce((sum, count) => sum + count, 0),
    resumed,
    faults,
    fewest: Math.min(...received.filter((_, number) => !dropsOf(number))),
  };
  process.send?.(report, () => process.exit(0));
});

function dropsOf(number: number): boolean {
  return number % 2 === 1;
}

function follow(number: number) {
  const client = { count: 0, leave: () => {} };
  const drops = dropsOf(number);
  let last = 0;
  const connect = (): void => {
    let rest = '';
    let timer: NodeJS.Timeout | undefined;
    const headers = {
      'user-agent': `soak-${number}`,
      ...(last > 0 ? { 'last-event-id': String(last) } : {}),
    };
    const call: ClientRequest = get(settings.url, { agent: false, headers }, (response) => {
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        const blocks = `${rest}${text}`.split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) take(block);
      });
      response.on('error', () => {});
      response.on('close', () => {
        clearTimeout(timer);
        if (isOver) return;
        if (!drops) tell(`client ${number} was cut off after ${client.count} events`);
        resumed += 1;
        connect();
      });
      if (drops) timer = setTimeout(() => call.destroy(), settings.dropMs * (0.5 + Math.random()));
    });
    call.on('error', (error) => {
      if (!isOver && !drops) tell(`client ${number}: ${error.message}`);
    });
    client.leave = () => call.destroy();
  };
  const take = (block: string): void => {
    const expected = (last % settings.events) + 1;
    if (block !== blockOf(expected))
      tell(`client ${number}: ${JSON.stringify(block)} instead of event ${expected}`);
    last = expected;
    client.count += 1;
  };
  connect();
  return client;
}

/** As the recording has it. */
function blockOf(number: number): string {
  return `id: ${number}\ndata: ${number} ${'·'.repeat(number % 50)}`;
}

function tell(fault: string): void {
  if (faults.length < MAX_FAULTS) faults.push(fault);
}
