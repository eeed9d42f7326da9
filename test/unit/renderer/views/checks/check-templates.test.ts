import { describe, expect, it } from 'vitest';
import { KINDS, STARTERS, withTemplate } from '../../../../../src/renderer/views/checks/check-templates.ts';
import { readChecks } from '../../../../../src/shared/checks/read-checks.ts';

const DOCUMENTS = [
  '',
  '- ids: rising\n',
  '- ids: rising',
  'version: 1\nchecks:\n  - ids: rising\n',
  'checks:\n- ids: rising\n',
];

describe.each([...STARTERS, ...KINDS])('$id', (template) => {
  it.each(DOCUMENTS)('can be added to %j', (document) => {
    const before = readChecks(document).checks.length;
    const { checks, problems } = readChecks(withTemplate(document, template));
    expect(problems).toEqual([]);
    expect(checks.length).toBeGreaterThan(before);
  });
});
