/** The report of a soak for people: on the terminal and in docs/reliability.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { inProject } from '../../scripts/setup/project.mjs';

const BEGIN = '<!-- Written by `npm run soak -- --write`. -->';
const END = '<!-- End of what is written. -->';
const MIB = 2 ** 20;
/** The heap and the buffers may be this much larger in the last quarter of a run than in the second. */
const MAY_GROW_BYTES = 16 * MIB;

/** What is wrong, in sentences; nothing when it is good. */
export function verdictOf({ faults, leftOver, memory }) {
  const grown = growthOf(memory);
  return [
    ...faults,
    ...leftOver.map((what) => `Left over: ${what}`),
    ...(grown > MAY_GROW_BYTES ? [`Memory grew by ${mebibytes(grown)} MiB`] : []),
  ];
}

function growthOf({ early, late }) {
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
  const rows = rowsOf(report).map(([what, figure]) => `| ${what} | ${figure} |`);
  const ends = Object.entries(report.serverFaults).map(([what, count]) => `| ${what} | ${number(count)} |`);
  const wrong = verdictOf(report);
  const verdict = wrong.length === 0 ? 'Nothing was wrong.' : wrong.map((fault) => `- ${fault}`).join('\n');
  return [
    `Machine: ${facts.join(', ')}. \`loadBefore\` above the number of cores: others were working too.`,
    verdict,
    ['| what | figure |', '| --- | ---: |', ...rows].join('\n'),
    ['| what the server did | how often |', '| --- | ---: |', ...ends].join('\n'),
  ].join('\n\n');
}

export async function writeReliability(text) {
  const path = inProject('docs', 'reliability.md');
  const page = await readFile(path, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error('docs/reliability.md has lost the marks around its measured part');
  await writeFile(path, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
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
    ['Heap, second and last quarter (MiB)', pair(memory, 'heapBytes')],
    ['Buffers, second and last quarter (MiB)', pair(memory, 'bufferBytes')],
    ['Process, second and last quarter (MiB)', pair(memory, 'processBytes')],
    ['Process at its highest (MiB)', mebibytes(memory.highest.processBytes)],
    ['Slope of the heap after the first quarter (KiB a minute)', number(memory.heapBytesPerMinute / 1024)],
  ];
}

function pair({ early, late }, name) {
  return `${mebibytes(early[name])}, ${mebibytes(late[name])}`;
}

function mebibytes(bytes) {
  return number(bytes / MIB);
}

function number(value) {
  return value.toLocaleString('en', { maximumFractionDigits: 1 });
}
