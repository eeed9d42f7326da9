/** Checks to begin with: whole documents for usual streams, and one of each kind. */
import { CHECK_KINDS } from '../../../shared/checks/registry.ts';

export interface CheckTemplate {
  readonly id: string;
  readonly label: string;
  readonly note?: string;
  readonly text: string;
}

export const STARTERS: readonly CheckTemplate[] = [
  {
    id: 'any-stream',
    label: 'Any event stream',
    text: `# What every event stream should do.
- status: 200
- content-type: text/event-stream
- count: { at-least: 1 }
- gap: { at-most: 30s, between: bytes }
- no-diagnostics: [invalid-utf8, unknown-field, incomplete-at-end]
`,
  },
  {
    id: 'completion',
    label: 'Chat completion',
    text: `# What an answer of a model should do.
- status: 200
- first-answer: { within: 5s }
- ends-with: terminator
- no-diagnostics: [cut-off, error-in-stream, finish-reason-missing]
`,
  },
  {
    id: 'resume',
    label: 'Reconnects without loss',
    text: `# What a stream with ids should do when it breaks off.
- ids: rising
- reconnects: { at-least: 1 }
- resume: without-gaps
`,
  },
];

/** One of each kind, with what it means. */
export const KINDS: readonly CheckTemplate[] = CHECK_KINDS.map(({ key, means, example }) => ({
  id: `kind-${key}`,
  label: key,
  note: means,
  text: `- ${example.replaceAll('\n', '\n  ')}\n`,
}));

/** The document with more checks at its end. A document with `checks:` has its list indented. */
export function withTemplate(document: string, { text }: CheckTemplate): string {
  const before = document.trimEnd();
  if (before === '') return text;
  const indent = /^checks:\s*$/m.test(before)
    ? (/^( *)- /m.exec(before.slice(before.search(/^checks:/m)))?.[1] ?? '  ')
    : '';
  const added = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => (line === '' ? line : indent + line));
  return `${before}\n${added.join('\n')}`;
}
