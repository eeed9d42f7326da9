/** The report of a soak for people: on the terminal and in docs/reliability.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { inProject } from '../../scripts/setup/project.mjs';

const END = '<!-- End of what is written. -->';
const MIB = 2 ** 20;
/** The heap and the buffers may be this much larger in the last quarter of a run than in the second. */
const MAY_GROW_BYTES = 16 * MIB;

/** What is wrong, in sentences; nothing when it is good. */
export function verdictOf({ faults, leftOver, memory }) {
  const grown = grownBytes(memory);
  return [
    ...faults,
    ...leftOver.map((what) => `Left over: ${what}`),
    ...(grown > MAY_GROW_BYTES ? [`Memory grew by ${mebibytes(grown)} MiB`] : []),
  ];
}

/** Of heap and buffers, from the second to the last quarter of the run. */
export function grownBytes({ early, late }) {
  return late.heapBytes + late.bufferBytes - early.heapBytes - early.bufferBytes;
}

export function soakText(report) {
  const rows = rowsOf(report).map(([what, figure]) => `${what}: ${figure}`);
  const wrong = verdictOf(report);
  return [...rows, wrong.length === 0 ? 'Nothing is wrong.' : `WRONG:\n${wrong.join('\n')}`].join('\n');
}

export function soakPage(machine, report) {
  const facts = Object.entries(machine)
    .filter(([key]) => key !== 'electron')
    .map(([key, value]) => `${key} ${value}`);
  const ends = Object.entries(report.serverFaults).map(([what, count]) => [what, number(count)]);
  const wrong = verdictOf(report);
  const verdict = wrong.length === 0 ? 'Nothing was wrong.' : wrong.map((fault) => `- ${fault}`).join('\n');
  return [
    `Machine: ${facts.join(', ')}. \`loadBefore\` above the number of cores: others were working too.`,
    verdict,
    tableOf(['what', 'figure'], rowsOf(report)),
    tableOf(['what the server did', 'how often'], ends),
  ].join('\n\n');
}

/** `command`: what the part is written by, which marks its beginning. */
export async function writeReliability(text, command = 'npm run soak -- --write') {
  const begin = `<!-- Written by \`${command}\`. -->`;
  const path = inProject('docs', 'reliability.md');
  const page = await readFile(path, 'utf8');
  const from = page.indexOf(begin);
  const to = page.indexOf(END, from);
  if (from < 0 || to < 0) throw new Error('docs/reliability.md has lost the marks around a measured part');
  await writeFile(path, `${page.slice(0, from)}${begin}\n\n${text}\n\n${page.slice(to)}`);
}

function rowsOf(report) {
  const { settings, memory } = report;
  return [
    ['Seed', String(settings.seed)],
    ['Connections at once', number(settings.connections)],
    ['Minutes', number(settings.durationMs / 60_000)],
    ['Events that the server numbered', number(report.numbered)],
    ['Events in the sessions', number(report.events)],
    ['Events without an id that fell between two connections', number(report.missedWithoutIds)],
    ['Lost, doubled, out of order or altered', number(report.faults.length)],
    ['Attempts to connect', number(report.attempts)],
    ['Dropped from our side', number(report.droppedByClient)],
    ['Sockets, timers, listeners and files left', number(report.leftOver.length)],
    ...memoryRows(memory),
  ];
}

export function memoryRows(memory) {
  return [
    ['Heap, second and last quarter (MiB)', pair(memory, 'heapBytes')],
    ['Buffers, second and last quarter (MiB)', pair(memory, 'bufferBytes')],
    ['Process, second and last quarter (MiB)', pair(memory, 'processBytes')],
    ['Process at its highest (MiB)', mebibytes(memory.highest.processBytes)],
    ['Slope of the heap after the first quarter (KiB a minute)', number(memory.heapBytesPerMinute / 1024)],
  ];
}

export function tableOf([what, figure], rows) {
  return [
    `| ${what} | ${figure} |`,
    '| --- | ---: |',
    ...rows.map(([name, value]) => `| ${name} | ${value} |`),
  ].join('\n');
}

function pair({ early, late }, name) {
  return `${mebibytes(early[name])}, ${mebibytes(late[name])}`;
}

function mebibytes(bytes) {
  return number(bytes / MIB);
}

export function number(value) {
  return value.toLocaleString('en', { maximumFractionDigits: 1 });
}
