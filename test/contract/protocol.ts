/** What every protocol must do, run over its fixture folder: golden results, steady folding, totality on hostile input. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corruptedText } from '../support/hostile-stream.ts';
import { seededRandom } from '../support/seeded-random.ts';
import {
  fixtureSteps,
  frameSteps,
  rebuiltExchanges,
  streamFold,
  type ProtocolStep,
} from '../support/protocol-stream.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/protocol');
const HOSTILE_ROUNDS = 40;

export function describeProtocol(protocol: string, names = [protocol]): void {
  const folder = join(FIXTURES, protocol);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sse'))
    .map((name) => name.slice(0, -4));

  describe(`the protocol ${protocol}`, () => {
    describe.each(files)('on %s', (file) => {
      const path = join(folder, file);
      const steps = fixtureSteps(path);

      it('rebuilds what the expected file says', () => {
        const rebuilt = rebuiltExchanges(steps);
        expect(rebuilt).toEqual(JSON.parse(readFileSync(`${path}.json`, 'utf8')));
        expect(rebuilt).toHaveLength(1);
        expect(names).toContain((rebuilt[0] as { protocol: string }).protocol);
      });

      it('is no chat', () => {
        const fold = streamFold();
        for (const step of steps) step(fold);
        expect(fold.completions()).toEqual([]);
      });

      it('comes to the same end however often it is looked at on the way', () => {
        const looked: ProtocolStep[] = steps.flatMap((step) => [step, (fold) => void fold.exchanges()]);
        expect(rebuiltExchanges(looked)).toEqual(rebuiltExchanges(steps));
      });

      it('only ever adds requests, notices, findings and changes', () => {
        const fold = streamFold();
        let before = 0;
        for (const step of steps) {
          step(fold);
          const now = fold
            .exchanges()
            .reduce(
              (sum, { requests, notices, diagnostics, state }) =>
                sum + requests.length + notices.length + diagnostics.length + (state?.changes.length ?? 0),
              0,
            );
          expect(now).toBeGreaterThanOrEqual(before);
          before = now;
        }
      });

      it('survives shuffled and shortened streams', () => {
        const random = seededRandom(file.length * 7919);
        for (let round = 0; round < HOSTILE_ROUNDS; round += 1) {
          const hostile = steps
            .filter(() => random() > 0.1)
            .map((step) => ({ step, at: random() }))
            .sort((a, b) => a.at - b.at)
            .map(({ step }) => step);
          const rebuilt = rebuiltExchanges(hostile);
          expect(JSON.parse(JSON.stringify(rebuilt))).toEqual(
            JSON.parse(JSON.stringify(rebuiltExchanges(hostile))),
          );
        }
      });

      it('survives corrupted data', () => {
        const random = seededRandom(file.length * 104729);
        const text = readFileSync(`${path}.sse`, 'utf8');
        for (let round = 0; round < HOSTILE_ROUNDS; round += 1) {
          const hostile = text.replaceAll(/^data: (.*)$/gm, (_, data: string) => {
            return `data: ${corruptedText(data, random).replaceAll(/[\r\n]/g, ' ')}`;
          });
          const bytes = new TextEncoder().encode(hostile);
          expect(() => JSON.stringify(rebuiltExchanges(frameSteps(bytes)))).not.toThrow();
        }
      });
    });
  });
}
