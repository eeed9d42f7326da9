import { describe, expect, it } from 'vitest';
import { createFold } from '../../../../../src/shared/chat/fold.ts';
import { createTokenEstimate } from '../../../../../src/shared/chat/timing/token-estimate.ts';
import { loadTokenizer } from '../../../../../src/shared/chat/timing/tokenizer.ts';
import { timedAnswer } from '../../../../support/timed-answer.ts';

/** Words, and how many characters it was asked about. */
function createWordCount() {
  let asked = 0;
  let longest = 0;
  return {
    count(text: string): number {
      asked += text.length;
      longest = Math.max(longest, text.length);
      return text.split(/\s+/).filter(Boolean).length;
    },
    get asked() {
      return asked;
    },
    get longest() {
      return longest;
    },
  };
}

describe('the estimate of tokens', () => {
  it('counts all texts of an answer', () => {
    const words = createWordCount();
    const answer = timedAnswer([
      [0, { reasoning: 'one two' }],
      [1, { content: 'three' }],
    ]);
    expect(createTokenEstimate(words.count).of(answer)).toBe(3);
  });

  it('costs what is new while the answer grows', () => {
    const words = createWordCount();
    const estimate = createTokenEstimate(words.count);
    const fold = createFold();
    const data = JSON.stringify({
      choices: [{ index: 0, delta: { content: 'some words here '.repeat(20) } }],
    });
    let tokens = 0;
    for (let seq = 0; seq < 500; seq += 1) {
      fold.push({ type: 'message', data, seq, atMs: seq });
      const [completion] = fold.view();
      if (completion) tokens = estimate.of(completion);
    }
    expect(tokens).toBe(500 * 60);
    // Each character once when it is settled, and the tail of at most 2 000 each time.
    expect(words.asked).toBeLessThan(500 * 320 + 500 * 2320);
  });

  it('is not held up by a run that cannot be split', () => {
    const words = createWordCount();
    const answer = timedAnswer([
      [0, { content: 'a'.repeat(300_000) }],
      [1, { content: ' '.repeat(300_000) }],
    ]);
    expect(createTokenEstimate(words.count).of(answer)).toBeGreaterThan(0);
    expect(words.longest).toBeLessThanOrEqual(256);
  });

  it('extends the count of the front of a very long text to the rest', () => {
    const words = createWordCount();
    const pieces = Array.from({ length: 300 }, (_, at) => [at, { content: 'word '.repeat(1000) }] as const);
    const tokens = createTokenEstimate(words.count).of(timedAnswer(pieces));
    expect(Math.abs(tokens - 300_000)).toBeLessThan(1000);
    expect(words.asked).toBeLessThan(600_000);
  });
});

describe('the tokenizer', () => {
  it('counts as o200k_base does', async () => {
    const count = await loadTokenizer();
    expect(count('')).toBe(0);
    expect(count('hello world')).toBe(2);
    expect(count('The tern flies from pole to pole.')).toBe(8);
  });

  it('takes words that look like a control token for text', async () => {
    const count = await loadTokenizer();
    expect(count('<|endoftext|>')).toBeGreaterThan(1);
  });
});
