/** What every dialect must do, run over its fixture folder: golden results, prefix monotonicity, totality on hostile input. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Completion, PieceText } from '../../src/shared/chat/completion.ts';
import { createFold } from '../../src/shared/chat/fold.ts';
import { joined, rebuiltCompletion, type RebuiltCompletion } from '../../src/shared/chat/rebuilt.ts';
import type { Framing } from '../../src/shared/sse/framing.ts';
import { applyStep, chatSteps, type ChatStep } from '../support/chat-stream.ts';
import { corrupted, shuffled } from '../support/hostile-stream.ts';
import { seededRandom } from '../support/seeded-random.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/chat');
/** What a fixture is read as, by its extension. */
const FRAMING_OF: Readonly<Record<string, Framing>> = {
  ndjson: 'ndjson',
  'json-array': 'json-array',
  eventstream: 'aws-event-stream',
};
const HOSTILE_ROUNDS = 40;

export function describeDialect(dialect: string): void {
  const folder = join(FIXTURES, dialect);
  const names = readdirSync(folder)
    .map((file) => /^(.+)\.(sse|ndjson|json-array|eventstream)$/.exec(file))
    .filter((found) => found !== null)
    .map(([file, name = '', form = '']) => ({ file, name, framing: FRAMING_OF[form] ?? 'sse' }));

  describe(`the dialect ${dialect}`, () => {
    describe.each(names)('on $file', ({ file, name, framing }) => {
      const steps = chatSteps(readFileSync(join(folder, file)), framing);

      it('rebuilds what the expected file says', () => {
        const expected = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as unknown;
        const rebuilt = rebuild(steps);
        expect(rebuilt).toEqual(expected);
        expect(rebuilt.length).toBeGreaterThan(0);
        expect(new Set(rebuilt.map((completion) => completion.dialect))).toEqual(new Set([dialect]));
      });

      it('comes to the same end however often it is looked at on the way', () => {
        const looked = createFold();
        for (const step of steps) {
          applyStep(looked, step);
          looked.view();
        }
        looked.end();
        expect(looked.view().map(rebuiltCompletion)).toEqual(rebuild(steps));
      });

      it('only ever adds to a text while the stream goes on', () => {
        const fold = createFold();
        let before: string[] = [];
        for (const step of steps) {
          applyStep(fold, step);
          const now = textsOf(fold.view());
          for (const text of before) expect(now.some((longer) => longer.startsWith(text))).toBe(true);
          before = isReplacing(name) ? [] : now;
        }
      });

      it('knows the entry of every piece of text', () => {
        const fold = createFold();
        for (const step of steps) applyStep(fold, step);
        const known = new Set(steps.map((step) => (step.kind === 'event' ? step.event : step.frame).seq));
        for (const text of fold.view().flatMap(pieceTexts)) {
          expect(text.seqs).toHaveLength(text.pieces.length);
          expect([...text.seqs].sort((a, b) => a - b)).toEqual(text.seqs);
          for (const seq of text.seqs) expect(known).toContain(seq);
        }
      });

      it('survives shuffled, shortened and corrupted events', () => {
        const random = seededRandom(name.length * 7919 + dialect.length);
        for (let round = 0; round < HOSTILE_ROUNDS; round += 1) {
          const hostile = round % 2 === 0 ? shuffled(steps, random) : corrupted(steps, random);
          const rebuilt = rebuild(hostile);
          expect(JSON.parse(JSON.stringify(rebuilt))).toEqual(rebuild(hostile));
        }
      });
    });
  });
}

function rebuild(steps: readonly ChatStep[]): RebuiltCompletion[] {
  const fold = createFold();
  for (const step of steps) applyStep(fold, step);
  fold.end();
  return fold.view().map(rebuiltCompletion);
}

function pieceTexts(completion: Completion): PieceText[] {
  return completion.choices.flatMap((choice) => [
    choice.content,
    choice.reasoning,
    choice.refusal,
    ...choice.toolCalls.map((call) => call.arguments),
  ]);
}

function textsOf(completions: readonly Completion[]): string[] {
  return completions.flatMap(pieceTexts).map(joined);
}

/** The cases in which a text is replaced: it came whole as well, and the two are not the same. */
function isReplacing(name: string): boolean {
  return name === 'proxy-oddities' || name === 'resumed';
}
