import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../../src/shared/checks/check.ts';
import { junitXml } from '../../../../src/shared/checks/junit.ts';
import { proofText, reportText, tallyText } from '../../../../src/shared/checks/report.ts';
import { resultsJson } from '../../../../src/shared/checks/results-json.ts';

const result = (state: CheckResult['state'], more: Partial<CheckResult> = {}): CheckResult => ({
  index: 0,
  kind: 'event',
  name: `It ${state}`,
  line: 3,
  state,
  sentence: 'So it is.',
  seqs: [],
  ...more,
});
const results = [
  result('passed', { seqs: [4] }),
  result('failed', { seqs: [0, 1, 2, 3, 4, 5], total: 300 }),
  result('not-applicable'),
];

it('reports each check with its sentence and the events that prove it', () => {
  expect(reportText(results)).toBe(`✓ It passed
    So it is.
✗ It failed
    So it is. (#0, #1, #2, #3, #4 and 295 more)
– It not-applicable
    So it is.

1 of 3 checks passed, 1 failed, 1 not applicable.
`);
});

it('leaves nothing in it that steers a terminal', () => {
  expect(reportText([result('failed', { sentence: 'It is \u001b[31mred\u202e.' })])).toContain(
    'It is \uFFFD[31mred\uFFFD.',
  );
});

it.each([
  [[result('passed')], '1 of 1 check passed.'],
  [[result('passed'), result('passed')], 'All 2 checks passed.'],
  [[result('pending')], '0 of 1 check passed, 1 undecided.'],
])('sums them up', (all, text) => expect(tallyText(all)).toBe(text));

it('names few events whole', () => expect(proofText({ seqs: [0, 9] })).toBe('(#0, #9)'));

describe('JUnit XML', () => {
  const suite = {
    name: 'GET <x>',
    timestamp: '2026-01-02T03:04:05.000Z',
    durationMs: 1234,
    file: 'a&b.yaml',
  };

  it('has a case for each check', () => {
    expect(junitXml({ ...suite, results, failure: null })).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="streamscope" tests="3" failures="1" errors="0" skipped="1" time="1.234">
  <testsuite name="GET &lt;x&gt;" timestamp="2026-01-02T03:04:05.000Z" hostname="" id="0" tests="3" failures="1" errors="0" skipped="1" time="1.234">
    <testcase name="It passed" classname="GET &lt;x&gt;.event" file="a&amp;b.yaml" line="3" time="0" />
    <testcase name="It failed" classname="GET &lt;x&gt;.event" file="a&amp;b.yaml" line="3" time="0">
      <failure message="So it is." type="failed">So it is. (#0, #1, #2, #3, #4 and 295 more)</failure>
    </testcase>
    <testcase name="It not-applicable" classname="GET &lt;x&gt;.event" file="a&amp;b.yaml" line="3" time="0">
      <skipped message="So it is." />
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  it('is well-formed whatever came over the wire', () => {
    const hostile = '"]]><script>\u0000\u001b[31m\ud800 \u{1f600}\n&amp;';
    const xml = junitXml({
      ...suite,
      results: [result('failed', { name: hostile, sentence: hostile })],
      failure: hostile,
    });
    expect([...xml].some((char) => char < ' ' && char !== '\n')).toBe(false);
    expect(xml).not.toContain('<script');
    expect(xml).toContain('&quot;]]&gt;&lt;script&gt;\uFFFD\uFFFD[31m\uFFFD \u{1f600}&#10;&amp;amp;');
  });
});

it('JSON says how it went in one word', () => {
  const outcomeOf = (all: readonly CheckResult[], failure: string | null) =>
    resultsJson({ target: 't', results: all, failure });
  expect(outcomeOf(results, null)).toMatchObject({
    outcome: 'failed',
    passed: 1,
    failed: 1,
    notApplicable: 1,
  });
  expect(outcomeOf([result('passed')], null)).toMatchObject({ outcome: 'passed' });
  expect(outcomeOf([result('passed')], 'Nobody answered.')).toMatchObject({ outcome: 'error' });
});
