/** Memory over a run: what the heap holds after a collection, and what the process takes. */

export interface MemorySample {
  readonly atMs: number;
  readonly heapBytes: number;
  /** Buffers, which are not on the heap. */
  readonly bufferBytes: number;
  readonly processBytes: number;
}

export interface MemoryReport {
  readonly samples: number;
  /** Means over the second and the last quarter of the run; the first warms up. */
  readonly early: Omit<MemorySample, 'atMs'>;
  readonly late: Omit<MemorySample, 'atMs'>;
  readonly highest: Omit<MemorySample, 'atMs'>;
  /** Of the line that fits the heap after the first quarter best. */
  readonly heapBytesPerMinute: number;
}

export interface MemoryWatch {
  stop(): MemoryReport;
}

/** `collect` is the garbage collector, which a process only has with --expose-gc. */
export function watchMemory(everyMs: number, collect: () => void): MemoryWatch {
  const samples: MemorySample[] = [];
  const take = (): void => {
    collect();
    const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
    samples.push({
      atMs: performance.now(),
      heapBytes: heapUsed,
      bufferBytes: arrayBuffers,
      processBytes: rss,
    });
  };
  const timer = setInterval(take, everyMs);
  take();
  return {
    stop() {
      clearInterval(timer);
      take();
      return reportOf(samples);
    },
  };
}

export function reportOf(samples: readonly MemorySample[]): MemoryReport {
  const quarter = Math.floor(samples.length / 4);
  const settled = samples.slice(quarter);
  return {
    samples: samples.length,
    early: mean(samples.slice(quarter, quarter * 2 || 1)),
    late: mean(samples.slice(-Math.max(1, quarter))),
    highest: highest(samples),
    heapBytesPerMinute: slope(settled) * 60_000,
  };
}

function mean(samples: readonly MemorySample[]): Omit<MemorySample, 'atMs'> {
  const of = (name: keyof MemorySample) =>
    Math.round(samples.reduce((sum, sample) => sum + sample[name], 0) / samples.length);
  return { heapBytes: of('heapBytes'), bufferBytes: of('bufferBytes'), processBytes: of('processBytes') };
}

function highest(samples: readonly MemorySample[]): Omit<MemorySample, 'atMs'> {
  const of = (name: keyof MemorySample) => Math.max(...samples.map((sample) => sample[name]));
  return { heapBytes: of('heapBytes'), bufferBytes: of('bufferBytes'), processBytes: of('processBytes') };
}

/** Bytes a millisecond, by least squares. */
function slope(samples: readonly MemorySample[]): number {
  const meanAt = samples.reduce((sum, { atMs }) => sum + atMs, 0) / samples.length;
  const meanHeap = samples.reduce((sum, { heapBytes }) => sum + heapBytes, 0) / samples.length;
  let both = 0;
  let square = 0;
  for (const { atMs, heapBytes } of samples) {
    both += (atMs - meanAt) * (heapBytes - meanHeap);
    square += (atMs - meanAt) ** 2;
  }
  return square === 0 ? 0 : both / square;
}
