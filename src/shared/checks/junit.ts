/** Results of checks as JUnit XML, which build servers read: a test case a check. */
import type { CheckResult } from './check.ts';
import { tallyOf } from './evaluation.ts';
import { proofText } from './report.ts';

export interface JunitSuite {
  /** What was checked. */
  readonly name: string;
  /** When it began; ISO 8601. */
  readonly timestamp: string;
  readonly durationMs: number;
  /** The specification, as the user named it. */
  readonly file: string;
  readonly results: readonly CheckResult[];
  /** What went wrong besides the checks; null: nothing. */
  readonly failure: string | null;
}

export function junitXml(suite: JunitSuite): string {
  const { name, timestamp, durationMs, file, results, failure } = suite;
  const tally = tallyOf(results);
  const counts =
    `tests="${results.length}" failures="${tally.failed + tally.pending}" ` +
    `errors="${failure === null ? 0 : 1}" skipped="${tally['not-applicable']}" time="${seconds(durationMs)}"`;
  const cases = results.map((result) => caseXml(result, name, file));
  const error = failure === null ? [] : [`    <system-err>${escaped(failure)}</system-err>`];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="streamscope" ${counts}>`,
    `  <testsuite name="${escaped(name)}" timestamp="${escaped(timestamp)}" hostname="" id="0" ${counts}>`,
    ...cases,
    ...error,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function caseXml(result: CheckResult, suite: string, file: string): string {
  const { name, kind, line, state, sentence, seqs } = result;
  const open = `    <testcase name="${escaped(name)}" classname="${escaped(`${suite}.${kind}`)}" file="${escaped(file)}" line="${line}" time="0"`;
  const text = escaped(sentence);
  switch (state) {
    case 'passed':
      return `${open} />`;
    case 'not-applicable':
      return `${open}>\n      <skipped message="${text}" />\n    </testcase>`;
    case 'failed':
    case 'pending': {
      const proof = seqs.length === 0 ? '' : ` ${escaped(proofText(result))}`;
      return `${open}>\n      <failure message="${text}" type="${state}">${text}${proof}</failure>\n    </testcase>`;
    }
  }
}

function seconds(ms: number): string {
  return (Math.max(0, ms) / 1000).toFixed(3);
}

/** For text and attributes. Characters that XML 1.0 has no place for become U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(NOT_IN_XML, '\uFFFD')
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char)
    .replace(/[\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
/** Control characters, lone surrogates and the two that are no characters. */
const NOT_IN_XML = /[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff]|\p{Cs}/gu;
