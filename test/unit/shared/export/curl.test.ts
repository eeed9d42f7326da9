import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curlScript } from '../../../../src/shared/export/curl.ts';
import { attemptStart } from '../../../support/attempt-entries.ts';

describe('the command', () => {
  it('asks for the same, with nothing that a shell would take for its own', () => {
    const script = curlScript({
      ...attemptStart(1),
      method: 'POST',
      url: `http://127.0.0.1/a?b='c'&d=$(touch x)`,
      headers: [
        ['Content-Type', 'application/json'],
        ['X-Odd', `'; echo "hi" \`x\` $HOME \\`],
        ['X-Empty', ''],
        ['Host', 'elsewhere'],
      ],
      body: `{"a":"it's"}`,
      lastEventId: '7',
    });
    // The shell itself says which arguments it understands.
    const shown = execFileSync('sh', ['-c', script.replace(/^curl/m, `printf '%s\\n'`)], {
      encoding: 'utf8',
    });
    expect(shown.split('\n').slice(0, -1)).toEqual([
      '-N',
      `http://127.0.0.1/a?b='c'&d=$(touch x)`,
      '-H',
      'Accept: text/event-stream',
      '-H',
      'Content-Type: application/json',
      '-H',
      `X-Odd: '; echo "hi" \`x\` $HOME \\`,
      '-H',
      'X-Empty;',
      '-H',
      'Last-Event-ID: 7',
      '--data-raw',
      `{"a":"it's"}`,
    ]);
  });

  it('says that secrets have to be put in', () => {
    expect(curlScript({ ...attemptStart(1), headers: [['authorization', 'Bearer [redacted]']] })).toMatch(
      /^# Secrets/,
    );
    expect(curlScript(attemptStart(1))).toMatch(/^curl -N/);
  });
});
