/** The report of the soak of a tap for people. */
import { grownBytes, memoryRows, number, tableOf } from './soak-page.mjs';

const MIB = 2 ** 20;
const MAY_GROW_BYTES = 16 * MIB;

/** What is wrong, in sentences; nothing when it is good. */
export function tapVerdictOf({ faults, leftOver, memory }) {
  const grown = grownBytes(memory);
  return [
    ...faults,
    ...leftOver.map((what) => `Left over: ${what}`),
    ...(grown > MAY_GROW_BYTES ? [`Memory grew by ${number(grown / MIB)} MiB`] : []),
  ];
}

export function tapRows({ settings, memory, ...report }) {
  return [
    ['Seed', String(settings.seed)],
    ['Streams at once', number(settings.connections)],
    ['Minutes', number(settings.durationMs / 60_000)],
    ['Streams', number(report.streams)],
    ['Dropped by their clients', number(report.dropped)],
    ['Events that the server sent', number(report.sent)],
    ['Events that the clients received', number(report.received)],
    ['Events in the sessions', number(report.recorded)],
    ['Lost, doubled, out of order or altered', number(report.faults.length)],
    ['Sockets, timers, listeners and files left', number(report.leftOver.length)],
    ...memoryRows(memory),
  ];
}

export function tapText(report) {
  const wrong = tapVerdictOf(report);
  const rows = tapRows(report).map(([what, figure]) => `${what}: ${figure}`);
  return [
    ...rows,
    wrong.length === 0 ? 'Nothing is wrong.' : `WRONG:\n${wrong.slice(0, 50).join('\n')}`,
  ].join('\n');
}

export function tapPage(machine, report) {
  const wrong = tapVerdictOf(report);
  const facts = Object.entries(machine)
    .filter(([key]) => key !== 'electron')
    .map(([key, value]) => `${key} ${value}`);
  return [
    `Machine: ${facts.join(', ')}.`,
    wrong.length === 0 ? 'Nothing was wrong.' : wrong.map((fault) => `- ${fault}`).join('\n'),
    tableOf(['what', 'figure'], tapRows(report)),
  ].join('\n\n');
}
