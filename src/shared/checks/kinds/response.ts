/** `status` and `content-type`: what the server answered first, after redirects. */
import type { SeqNo } from '../../base/clock.ts';
import type { ResponseHeadEntry } from '../../session/entry.ts';
import { failed, notApplicable, passed, pending, type CheckSource, type RunningCheck } from '../check.ts';
import type { CheckKind } from '../check-kind.ts';
import { listed, quoted } from '../words.ts';

export const statusKind: CheckKind = {
  key: 'status',
  means: 'the server answers with this status, or one of these',
  example: 'status: 200',
  read(value) {
    const items = value.kind === 'list' ? value.list('status') : [value];
    const allowed = items.map((item) => {
      const status = item.wholeNumber('status');
      if (status < 100 || status > 599) throw item.fault('A status is a number from 100 to 599.');
      return status;
    });
    if (allowed.length === 0) throw value.fault('status needs a number, such as 200.');
    const words = listed(allowed.map(String), 'or');
    return {
      asserts: `The server answers with ${words}`,
      start: (source) =>
        firstHead(source, ({ status, statusText }, seq) => {
          const came = `${status}${statusText === '' ? '' : ` ${statusText}`}`;
          if (allowed.includes(status)) return passed(`It answered ${came}.`, [seq]);
          return failed(`It answered ${came}, and not ${words}.`, [seq]);
        }),
    };
  },
};

export const contentTypeKind: CheckKind = {
  key: 'content-type',
  means: 'the answer is of this content type, or one of these',
  example: 'content-type: text/event-stream',
  read(value) {
    const items = value.kind === 'list' ? value.list('content-type') : [value];
    const allowed = items.map((item) => essence(item.text('content-type')));
    if (allowed.length === 0 || allowed.includes(''))
      throw value.fault('content-type needs a type, such as text/event-stream.');
    const words = listed(allowed, 'or');
    return {
      asserts: `The answer is ${words}`,
      start: (source) =>
        firstHead(source, ({ headers }, seq) => {
          const given = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
          if (given === undefined) return failed('The answer has no content type.', [seq]);
          if (allowed.includes(essence(given))) return passed(`It is ${given}.`, [seq]);
          return failed(`It is ${quoted(given)}, and not ${words}.`, [seq]);
        }),
    };
  },
};

/** Without parameters, in lower case. */
function essence(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase();
}

function firstHead(
  { connected }: CheckSource,
  judge: (head: ResponseHeadEntry, seq: SeqNo) => ReturnType<RunningCheck['verdict']>,
): RunningCheck {
  let verdict: ReturnType<RunningCheck['verdict']> | null = null;
  return {
    entry(entry) {
      if (verdict === null && entry.what === 'journal' && entry.entry.kind === 'response-head')
        verdict = judge(entry.entry, entry.seq);
    },
    verdict({ ended }) {
      if (!connected) return notApplicable('A file of bytes does not tell the answer of the server.');
      if (verdict) return verdict;
      return ended ? failed('No answer came.') : pending('Waiting for the answer.');
    },
  };
}
