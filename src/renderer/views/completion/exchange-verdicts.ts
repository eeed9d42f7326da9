/** What is to be said of an exchange at a glance: how it ended and what is still outstanding. */
import type { Exchange } from '../../../shared/protocol/exchange.ts';
import { countOf } from '../../ui/measures.ts';
import type { Verdict } from './verdicts.ts';

export function exchangeVerdicts(exchange: Exchange): Verdict[] {
  const { requests, state, diagnostics } = exchange;
  const verdicts: Verdict[] = [endVerdict(exchange)];
  for (const { from, state: how, answer, subject, method } of requests) {
    if (from === 'client' && how === 'failed' && requests.length > 1) {
      verdicts.push({ tone: 'bad', text: `${subject ?? method} failed`, seq: answer?.seq ?? null });
    }
    if (verdicts.length > 5) break;
  }
  const broken = state?.changes.find((change) => change.failure !== null);
  if (broken) verdicts.push({ tone: 'bad', text: 'A patch of the state was not applied', seq: broken.seq });
  else if (diagnostics.length > 0) {
    const [first] = diagnostics;
    verdicts.push({
      tone: 'warn',
      text: `${countOf(diagnostics.length, 'finding')} below`,
      seq: first?.seq ?? null,
    });
  }
  return verdicts;
}

function endVerdict({ end, endSeq, lastSeq, requests, runs, eventCount }: Exchange): Verdict {
  const waiting = requests.filter(
    ({ from, state }) => from === 'client' && (state === 'waiting' || state === 'streaming'),
  );
  switch (end) {
    case 'open':
      return { tone: 'busy', text: `Going on: ${countOf(eventCount, 'event')} so far`, seq: lastSeq };
    case 'done':
      return {
        tone: 'good',
        text: runs.length > 0 ? 'The run finished' : 'Everything that was asked for came',
        seq: endSeq,
      };
    case 'paused':
      return { tone: 'warn', text: 'It waits for the user', seq: endSeq };
    case 'closed':
      return { tone: 'good', text: 'The stream ended and nothing was outstanding', seq: lastSeq };
    case 'cut':
      return {
        tone: 'bad',
        text: `Cut off: ${waiting.length > 0 ? `${countOf(waiting.length, 'request')} without an answer` : 'the end never came'}`,
        seq: lastSeq,
      };
    case 'error':
      return {
        tone: 'bad',
        text: runs.length > 0 ? 'The run failed' : 'It ended with an error',
        seq: endSeq,
      };
  }
}
