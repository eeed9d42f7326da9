/** The report of a soak of a replay for people. */
const MIB = 2 ** 20;
/** The heap and the buffers may be this much larger in the last quarter of a run than in the second. */
const MAY_GROW_BYTES = 16 * MIB;
/** Of what the recording's clock had, a client that stays connected must have had so much when the run is cut off. */
const LEAST_SHARE = 0.98;

/** What is wrong, in sentences; nothing when it is good. */
export function replayVerdictOf({ faults, memory, settings, fewest, expected, activeAtEnd, activeAfter }) {
  const { early, late } = memory;
  const grown = late.heapBytes + late.bufferBytes - early.heapBytes - early.bufferBytes;
  return [
    ...faults,
    ...(fewest < expected * LEAST_SHARE ? [`A client got ${fewest} of ${expected} events`] : []),
    ...(activeAtEnd < settings.clients / 2 ? [`Only ${activeAtEnd} answers were open at the end`] : []),
    ...(activeAfter > 0 ? [`${activeAfter} answers are still open`] : []),
    ...(grown > MAY_GROW_BYTES ? [`Memory grew by ${(grown / MIB).toFixed(1)} MiB`] : []),
  ];
}

export function replayRowsOf({ settings, memory, received, resumed, faults, fewest, expected }) {
  const pair = (name) => `${mebibytes(memory.early[name])}, ${mebibytes(memory.late[name])}`;
  return [
    ['Clients at once', number(settings.clients)],
    ['Minutes', number(settings.durationMs / 60_000)],
    ['Events received', number(received)],
    [
      'Events of one clock; the fewest that a client got which stayed',
      `${number(expected)}; ${number(fewest)}`,
    ],
    ['Connections dropped and resumed', number(resumed)],
    ['Lost, doubled, out of order or altered', number(faults.length)],
    ['Heap, second and last quarter (MiB)', pair('heapBytes')],
    ['Buffers, second and last quarter (MiB)', pair('bufferBytes')],
    ['Process, second and last quarter (MiB)', pair('processBytes')],
    ['Slope of the heap after the first quarter (KiB a minute)', number(memory.heapBytesPerMinute / 1024)],
  ];
}

function mebibytes(bytes) {
  return number(bytes / MIB);
}

function number(value) {
  return value.toLocaleString('en', { maximumFractionDigits: 1 });
}
