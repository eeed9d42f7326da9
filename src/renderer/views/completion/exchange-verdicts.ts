/** What is to be said of an exchange at a glance: how it ended and what is still outstanding, each with what it means. */
import type { Severity, Verdict } from '../../../shared/chat/verdict.ts';
import type { Exchange } from '../../../shared/protocol/exchange.ts';
import { countOf } from '../../ui/measures.ts';

/** Failed requests that are named one by one. */
const MOST_FAILED = 5;

export function exchangeVerdicts(exchange: Exchange): Verdict[] {
  const { requests, state, diagnostics } = exchange;
  const verdicts: Verdict[] = [endVerdict(exchange)];
  const failed = requests.filter((one) => one.from === 'client' && one.state === 'failed');
  if (requests.length > 1) {
    for (const { subject, method, answer } of failed.slice(0, MOST_FAILED)) {
      const text = `${subject ?? (method === '' ? 'A request' : method)} failed`;
      const explanation = 'The answer to this request is an error. Choose it in the list to read the error.';
      verdicts.push(verdict('request-failed', 'bad', text, explanation, answer?.seq));
    }
  }
  const broken = state?.changes.find((change) => change.failure !== null);
  if (broken) {
    const explanation =
      'A JSON Patch is applied as a whole or not at all. This one did not fit the state, so it changed nothing, and from here on ' +
      'the state may differ from what the sender has.';
    verdicts.push(
      verdict('patch-failed', 'bad', 'A patch of the state was not applied', explanation, broken.seq),
    );
  } else if (diagnostics.length > 0) {
    const text = `${countOf(diagnostics.length, 'finding')} below`;
    const explanation =
      'Something in this stream is not as the protocol has it. Each finding leads to its event.';
    verdicts.push(verdict('findings', 'warn', text, explanation, diagnostics[0]?.seq));
  }
  return verdicts;
}

function verdict(
  code: string,
  severity: Severity,
  text: string,
  explanation: string,
  seq: number | null | undefined,
): Verdict {
  return { code, severity, text, explanation, seqs: seq === null || seq === undefined ? [] : [seq] };
}

function endVerdict({ end, endSeq, lastSeq, requests, runs, eventCount }: Exchange): Verdict {
  const isRun = runs.length > 0;
  switch (end) {
    case 'open': {
      const text = `Going on: ${countOf(eventCount, 'event')} so far`;
      return verdict('open', 'busy', text, 'The stream is open and something is still expected.', lastSeq);
    }
    case 'done': {
      const text = isRun ? 'The run finished' : 'Everything that was asked for came';
      return verdict('done', 'good', text, 'The protocol itself said so, with this event.', endSeq);
    }
    case 'paused': {
      const explanation = 'It goes on when the user has answered, mostly with another request.';
      return verdict('paused', 'warn', 'It waits for the user', explanation, endSeq);
    }
    case 'closed': {
      const text = 'The stream ended and nothing was outstanding';
      return verdict('closed', 'good', text, 'No request of the client was without an answer.', lastSeq);
    }
    case 'cut': {
      const waiting = requests.filter(
        ({ from, state }) => from === 'client' && (state === 'waiting' || state === 'streaming'),
      ).length;
      const text = `Cut off: ${waiting > 0 ? `${countOf(waiting, 'request')} without an answer` : 'the end never came'}`;
      const explanation =
        'The connection ended before the protocol said that it was through. This is the last event.';
      return verdict('cut', 'bad', text, explanation, lastSeq);
    }
    case 'error': {
      const text = isRun ? 'The run failed' : 'It ended with an error';
      return verdict(
        'error',
        'bad',
        text,
        'The error was reported by the other side, with this event.',
        endSeq,
      );
    }
  }
}
