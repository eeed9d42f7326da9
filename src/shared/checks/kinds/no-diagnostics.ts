/** `no-diagnostics`: none of these findings is in the session, or none at all. */
import type { SeqNo } from '../../base/clock.ts';
import { furtherFindings } from '../../chat/verdict-stream.ts';
import { allVerdicts } from '../../chat/verdicts.ts';
import type { DecodedFrame } from '../../export/decoded-entries.ts';
import type { ByteText } from '../../sse/byte-text.ts';
import { diagnoseFrame } from '../../sse/diagnostics.ts';
import { FRAME_FLAGS } from '../../sse/types.ts';
import { failed, MAX_PROOFS, passed, pending, type Moment, type RunningCheck } from '../check.ts';
import type { CheckKind } from '../check-kind.ts';
import { ALL_DIAGNOSTICS, FRAME_DIAGNOSTICS } from '../diagnostic-codes.ts';
import { listed } from '../words.ts';

interface Finding {
  readonly code: string;
  readonly message: string;
  readonly seqs: readonly SeqNo[];
}

export const noDiagnosticsKind: CheckKind = {
  key: 'no-diagnostics',
  means: 'none of these findings is in the session, or none at all',
  example: 'no-diagnostics: [invalid-utf8, no-terminator]',
  read(value) {
    if (value.kind !== 'list') {
      value.oneOf('no-diagnostics', ['any'] as const);
      return {
        asserts: 'Nothing is found to be wrong',
        needs: ['rebuilt'],
        start: (source) => run(null, source.byteText),
      };
    }
    const items = value.list('no-diagnostics');
    const codes = items.map((item) => {
      const code = item.text('A finding');
      if (ALL_DIAGNOSTICS.includes(code)) return code;
      throw item.fault(`There is no finding "${code}"; there are ${listed(ALL_DIAGNOSTICS)}.`);
    });
    if (codes.length === 0) throw value.fault('no-diagnostics is "any", or a list of findings.');
    const framesAlone = codes.every((code) => FRAME_DIAGNOSTICS.includes(code) && code !== 'bad-json');
    return {
      asserts: `There is no finding ${listed(codes, 'or')}`,
      needs: framesAlone ? [] : ['rebuilt'],
      start: (source) => run(new Set(codes), source.byteText),
    };
  },
};

/** `codes` null: all of them. */
function run(codes: ReadonlySet<string> | null, byteText: ByteText): RunningCheck {
  const counts = (code: string) => codes === null || codes.has(code);
  const inFrames = codes === null || FRAME_DIAGNOSTICS.some(counts);
  /** Of frames, by code: how many, and the first of them. */
  const found = new Map<string, { message: string; total: number; readonly seqs: SeqNo[] }>();

  return {
    entry(entry) {
      if (!inFrames || entry.what !== 'frame' || isPlain(entry)) return;
      for (const { code, message } of diagnoseFrame(entry, byteText)) {
        if (!counts(code)) continue;
        const known = found.get(code) ?? { message, total: 0, seqs: [] };
        found.set(code, known);
        known.total += 1;
        if (known.seqs.length < MAX_PROOFS && known.seqs.at(-1) !== entry.seq) known.seqs.push(entry.seq);
      }
    },
    verdict(moment) {
      const frames = [...found].map(([code, { message, seqs }]) => ({ code, message, seqs }));
      const all: Finding[] = [...frames, ...rebuiltFindings(moment, counts, codes === null)];
      if (all.length > 0) {
        const seqs = [...new Set(all.flatMap((one) => one.seqs))].sort((a, b) => a - b);
        const kinds = [...new Set(all.map(({ code }) => code))];
        const proofs = {
          seqs: seqs.slice(0, MAX_PROOFS),
          ...(seqs.length > MAX_PROOFS && { total: seqs.length }),
        };
        return { ...failed(`Found ${listed(kinds)}: ${all[0]?.message ?? ''}`), ...proofs };
      }
      return moment.ended ? passed('None was found.') : pending('None so far.');
    },
  };
}

/** Of completions and exchanges. While they stream, what is not over yet is no finding. */
function rebuiltFindings(
  { ended, rebuilt }: Moment,
  counts: (code: string) => boolean,
  seriousOnly: boolean,
): Finding[] {
  if (!ended) return [];
  const verdicts = allVerdicts(rebuilt.completions).flat();
  const serious = verdicts.filter(({ severity }) => severity === 'warn' || severity === 'bad');
  return [
    ...(seriousOnly ? serious : verdicts).map(({ code, text, seqs }) => ({
      code,
      message: `${text}.`,
      seqs,
    })),
    ...[
      ...rebuilt.completions.flatMap(furtherFindings),
      ...rebuilt.exchanges.flatMap(({ diagnostics }) => diagnostics),
    ].map(({ code, message, seq }) => ({ code, message, seqs: [seq] })),
  ].filter(({ code }) => counts(code));
}

/** An ASCII block of one data line, with its type if it has one: there is nothing to find. Most frames are like that. */
function isPlain({ framing, kind, flags, bytes }: DecodedFrame): boolean {
  if (framing !== 'sse' || kind !== 'event' || (flags & ~FRAME_FLAGS.defaultType) !== 0) return false;
  const lines = flags & FRAME_FLAGS.defaultType ? 1 : 2;
  let at = -1;
  // The lines and the blank one, and no line end besides.
  for (let count = 0; count <= lines; count += 1) at = bytes.indexOf(LF, at + 1);
  return at === bytes.length - 1 && !bytes.includes(CR);
}

const LF = 10;
const CR = 13;
