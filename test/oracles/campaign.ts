/** Random valid streams, rebuilt and held against what they say and against the official clients; what fails is made small. */
import fc from 'fast-check';
import { rebuildBytes } from '../../src/cli/rebuild.ts';
import { rebuiltCompletion } from '../../src/shared/chat/rebuilt.ts';
import { createPortableByteText } from '../../src/shared/sse/byte-text.ts';
import { comparable, differences, type Oracle, type OracleAnswer } from './answer.ts';
import { aiSdkResponsesOracle, compatibleOracle } from './ai-sdk-client.ts';
import { anthropicOracle } from './anthropic-client.ts';
import { geminiOracle } from './gemini-client.ts';
import { openAiChatOracle, openAiResponsesOracle } from './openai-client.ts';
import { anthropicAnswers } from './random/anthropic.ts';
import { geminiAnswers } from './random/gemini.ts';
import { openAiChatAnswers } from './random/openai-chat.ts';
import { openAiResponsesAnswers } from './random/openai-responses.ts';
import { streams, type RandomStream } from './random/wire.ts';

interface Trial {
  readonly streams: fc.Arbitrary<RandomStream>;
  readonly client: Oracle;
  /** Asked as well about the streams that suit it. */
  readonly second?: Oracle;
}

const TRIALS = {
  'openai-chat': { streams: streams(openAiChatAnswers), client: openAiChatOracle, second: compatibleOracle },
  'openai-responses': {
    streams: streams(openAiResponsesAnswers),
    client: openAiResponsesOracle,
    second: aiSdkResponsesOracle,
  },
  'anthropic-messages': { streams: streams(anthropicAnswers), client: anthropicOracle },
  gemini: { streams: streams(geminiAnswers, true), client: geminiOracle },
} satisfies Readonly<Record<string, Trial>>;

export type TrialDialect = keyof typeof TRIALS;

export const TRIAL_DIALECTS = Object.keys(TRIALS) as TrialDialect[];

export interface CampaignResult {
  readonly streams: number;
  readonly bytes: number;
  readonly writes: number;
  /** Streams that the second client was asked about as well. */
  readonly asked: number;
  /** The smallest stream that fails, and how; null when none did. */
  readonly failure: string | null;
}

export async function runCampaign(
  dialect: TrialDialect,
  count: number,
  seed: number,
): Promise<CampaignResult> {
  const trial: Trial = TRIALS[dialect];
  let [seen, bytes, writes, asked] = [0, 0, 0, 0];
  const property = fc.asyncProperty(trial.streams, async (stream) => {
    seen += 1;
    writes += stream.writes.length;
    for (const write of stream.writes) bytes += write.length;
    await hold(dialect, 'the stream itself', stream, async () => stream.truth);
    await hold(dialect, 'the official client', stream, trial.client);
    if (!trial.second || !stream.suitsAiSdk) return;
    asked += 1;
    await hold(dialect, 'the AI SDK', stream, trial.second);
  });
  const details = await fc.check(property, { numRuns: count, seed });
  const failure = details.failed ? told(details) : null;
  return { streams: seen, bytes, writes, asked, failure };
}

async function hold(dialect: string, who: string, { writes }: RandomStream, oracle: Oracle): Promise<void> {
  const { completions, exchanges } = await rebuildBytes(writes, createPortableByteText());
  if (exchanges.length > 0) throw new Error(`It is taken for ${exchanges[0]?.protocol}.`);
  const rebuilt = completions.map(rebuiltCompletion);
  const [completion] = rebuilt;
  if (!completion || rebuilt.length > 1 || completion.dialect !== dialect) {
    throw new Error(
      `There are ${rebuilt.length} answers of ${rebuilt.map((one) => one.dialect).join(', ')}.`,
    );
  }
  if (completion.end !== (dialect === 'gemini' ? 'complete' : 'done')) {
    throw new Error(`The answer is ${completion.end}.`);
  }
  const found = completion.diagnostics.filter(({ code }) => !code.startsWith('delta-'));
  if (found.length > 0) throw new Error(`It has findings: ${JSON.stringify(found)}`);
  const answer = await oracle(writes);
  const ours = comparable(completion, answer);
  const differs = differences(ours, answer);
  if (differs.length > 0) throw new Error(`${who} differs in ${differs.join(', ')}: ${both(ours, answer)}`);
}

function both(ours: OracleAnswer, theirs: OracleAnswer): string {
  return `\nours   ${JSON.stringify(ours)}\ntheirs ${JSON.stringify(theirs)}`;
}

function told({
  counterexample,
  errorInstance,
  seed,
  numRuns,
  numShrinks,
}: fc.RunDetails<[RandomStream]>): string {
  const wire = Buffer.concat([...(counterexample?.[0].writes ?? [])]).toString('utf8');
  const message = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return `Stream ${numRuns} of seed ${seed}, made smaller ${numShrinks} times: ${message}\n${wire}`;
}
