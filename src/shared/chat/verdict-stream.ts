/** What is odd about the stream that carried an answer: what findings of the dialects say, other answers, unframed lines. */
import type { Completion } from './completion.ts';
import { MAX_PROOFS, type Severity, type Verdict, type VerdictContext } from './verdict.ts';

interface Known {
  readonly severity: Severity;
  readonly text: string;
  readonly explanation: string;
}

/** Findings that are verdicts; the rest is listed as it is. */
const KNOWN: Readonly<Record<string, Known>> = {
  'content-after-finish': {
    severity: 'warn',
    text: 'Text came after the finish reason',
    explanation:
      'Something said why the choice had ended, and then more of it came. Clients that stop at the finish reason lose that text.',
  },
  'id-rotates': {
    severity: 'note',
    text: 'The id changes from chunk to chunk',
    explanation:
      'The format promises one id for all chunks of an answer. Clients that group chunks by id fall apart here; the text was joined by the place in the stream.',
  },
  'delta-repeated': {
    severity: 'warn',
    text: 'A chunk was sent twice',
    explanation:
      'Two chunks in a row carry the same words, at least 24 characters with three different words in them. A model does that rarely, a proxy that repeats often. The text shows both.',
  },
  'text-repeated': {
    severity: 'warn',
    text: 'Chunks repeat the text so far',
    explanation:
      'A chunk begins with everything that was written before, at least 40 characters. The server sends the text so far instead of what is new, or began again. The text shows it as it came.',
  },
};

export function streamVerdicts(completion: Completion, context: VerdictContext): Verdict[] {
  return [...fromFindings(completion), ...otherAnswers(completion, context), ...unframed(completion)];
}

function fromFindings({ diagnostics }: Completion): Verdict[] {
  return Object.entries(KNOWN).flatMap(([code, known]) => {
    const seqs = diagnostics.filter((finding) => finding.code === code).map(({ seq }) => seq);
    return seqs.length === 0 ? [] : [{ code, ...known, seqs: seqs.slice(0, MAX_PROOFS) }];
  });
}

/** Findings that no verdict tells. */
export function furtherFindings({ diagnostics }: Completion): Completion['diagnostics'] {
  return diagnostics.filter(({ code }) => !Object.hasOwn(KNOWN, code));
}

function otherAnswers(completion: Completion, { completions, index }: VerdictContext): Verdict[] {
  const before = completions[index - 1];
  if (!before) return [];
  const isCut = before.end === 'truncated' || before.end === 'error';
  return [
    {
      code: 'several-answers',
      severity: isCut ? 'warn' : 'note',
      text: `Answer ${index + 1} of ${completions.length} in this stream`,
      explanation: isCut
        ? 'The answer before it did not end properly: a proxy may have asked again and joined both into one stream.'
        : 'Another answer came before it in the same stream. Clients that expect one answer a stream join them or stop too early.',
      seqs: [before.lastSeq, completion.firstSeq],
    },
  ];
}

function unframed({ unframedSeqs }: Completion): Verdict[] {
  if (unframedSeqs.length === 0) return [];
  return [
    {
      code: 'unframed-lines',
      severity: 'warn',
      text: 'Lines outside of any event',
      explanation:
        'Some lines have no field that the standard knows, such as JSON without "data:". Clients pass over them without a word.',
      seqs: unframedSeqs.slice(0, MAX_PROOFS),
    },
  ];
}
