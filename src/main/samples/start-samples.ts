/** Starts the samples with the app. */
import type { SamplesServer } from './samples-server.ts';

/** The origin of the samples, or "" when they cannot be served: everything else works without them. */
export async function startSamples(samples: SamplesServer, say: (message: string) => void): Promise<string> {
  try {
    return (await samples.start()).origin;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    say(`The sample streams could not be started: ${why}. Everything else works.`);
    return '';
  }
}
