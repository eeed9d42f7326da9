/** Results of checks as text for people. */
import type { SeqNo } from '../base/clock.ts';
import type { CheckResult, CheckState } from './check.ts';
import { tallyOf } from './evaluation.ts';
import { counted } from './words.ts';

/** How a text is emphasized; the same text where there is no colour. */
export interface Ink {
  state(state: CheckState, text: string): string;
  quiet(text: string): string;
}

export const PLAIN_INK: Ink = { state: (_, text) => text, quiet: (text) => text };

const MARKS: Readonly<Record<CheckState, string>> = {
  passed: '✓',
  failed: '✗',
  pending: '…',
  'not-applicable': '–',
};

const STATE_WORDS: Readonly<Record<CheckState, string>> = {
  passed: 'passed',
  failed: 'failed',
  pending: 'undecided',
  'not-applicable': 'not applicable',
};

export function reportText(results: readonly CheckResult[], ink: Ink = PLAIN_INK): string {
  const lines = results.flatMap((result) => {
    const { state, name, sentence, seqs } = result;
    const proof = seqs.length > 0 && state !== 'passed' ? ` ${ink.quiet(proofText(result))}` : '';
    return [`${ink.state(state, MARKS[state])} ${tame(name)}`, `    ${ink.quiet(tame(sentence))}${proof}`];
  });
  return `${lines.join('\n')}\n\n${tallyText(results)}\n`;
}

/** "2 of 3 checks passed, 1 failed." */
export function tallyText(results: readonly CheckResult[]): string {
  const tally = tallyOf(results);
  const rest = (['failed', 'pending', 'not-applicable'] as const)
    .filter((state) => tally[state] > 0)
    .map((state) => `${tally[state]} ${STATE_WORDS[state]}`);
  const checks = counted(results.length, 'check');
  const passed =
    tally.passed === results.length && results.length > 1 ? `All ${checks}` : `${tally.passed} of ${checks}`;
  return `${[`${passed} passed`, ...rest].join(', ')}.`;
}

/** Entries by their numbers, as the list of the window shows them. */
export function proofText({ seqs, total }: Pick<CheckResult, 'seqs' | 'total'>): string {
  const shown = seqs.slice(0, SHOWN_PROOFS).map(placeText);
  const more = (total ?? seqs.length) - shown.length;
  return `(${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
}

const SHOWN_PROOFS = 5;

function placeText(seq: SeqNo): string {
  return `#${seq}`;
}

/** What came over the wire must not steer a terminal. */
function tame(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD');
}
