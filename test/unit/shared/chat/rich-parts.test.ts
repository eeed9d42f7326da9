import { describe, expect, it } from 'vitest';
import {
  base64Length,
  createRichParts,
  MAX_AUDIO_CHARS,
  MAX_PARTS,
} from '../../../../src/shared/chat/rich-parts.ts';
import type { DialectEvent } from '../../../../src/shared/chat/dialect.ts';

const at = (seq: number): DialectEvent => ({
  type: 'message',
  data: '',
  json: undefined,
  seq,
  atMs: seq * 10,
  attempt: 1,
});

function richParts() {
  const noted: number[] = [];
  return { noted, rich: createRichParts(({ seq }) => noted.push(seq)) };
}

describe('the parts of a choice', () => {
  it('keeps the latest version of an image and the entries of all of them', () => {
    const { rich, noted } = richParts();
    rich.see('0', { data: 'AAAA', format: 'png' }, at(1));
    rich.see('0', { data: 'BBBB' }, at(4));
    rich.see('0', { isComplete: true }, at(5));
    expect(rich.images).toEqual([
      { key: '0', data: 'BBBB', url: '', format: 'png', prompt: '', isComplete: true, seqs: [1, 4] },
    ]);
    expect(noted).toEqual([1, 4]);
  });

  it('counts sound beyond the limit and does not keep it', () => {
    const { rich } = richParts();
    const half = 'A'.repeat(MAX_AUDIO_CHARS / 2);
    rich.hear({ data: half, format: 'pcm16' }, at(1));
    rich.hear({ data: half }, at(2));
    rich.hear({ data: 'AAAA', transcript: 'Hi' }, at(3));
    expect(rich.audio).toMatchObject({
      format: 'pcm16',
      byteLength: (MAX_AUDIO_CHARS / 4) * 3 + 3,
      droppedBytes: 3,
      data: { seqs: [1, 2] },
      transcript: { pieces: ['Hi'], seqs: [3] },
    });
  });

  it('merges the pieces of a detail and sets its signature', () => {
    const { rich } = richParts();
    rich.detail('0 text', { kind: 'reasoning.text', text: 'One ' }, at(1));
    rich.detail('0 text', { kind: '', text: 'two', signature: 's' }, at(2));
    expect(rich.details).toEqual([
      {
        key: '0 text',
        kind: 'reasoning.text',
        text: { pieces: ['One ', 'two'], seqs: [1, 2] },
        signature: 's',
        data: null,
        seqs: [1, 2],
      },
    ]);
  });

  it('takes a whole list of citations in place of the one before and remembers when each came', () => {
    const { rich } = richParts();
    rich.citeAll([{ url: 'a', value: 'a' }], at(1));
    rich.citeAll(
      [
        { url: 'a', value: 'a' },
        { url: 'b', value: 'b' },
      ],
      at(2),
    );
    expect(rich.citations.map(({ url, seq }) => [url, seq])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('keeps no more parts than the limit', () => {
    const { rich } = richParts();
    for (let part = 0; part < MAX_PARTS + 5; part += 1) {
      rich.keep('file', part, at(part));
      rich.cite({ value: part }, at(part));
    }
    expect(rich.others).toHaveLength(MAX_PARTS);
    expect(rich.citations).toHaveLength(MAX_PARTS);
  });

  it('keeps probabilities of content and refusal apart', () => {
    const { rich } = richParts();
    rich.logprob('content', 'a', -0.1, [{ token: 'b', logprob: -2 }], at(1));
    rich.logprob('refusal', 'no', -0.2, [], at(2));
    expect(rich.contentLogprobs).toEqual({
      tokens: ['a'],
      logprobs: [-0.1],
      alternatives: [[{ token: 'b', logprob: -2 }]],
      seqs: [1],
    });
    expect(rich.refusalLogprobs.tokens).toEqual(['no']);
  });
});

describe('the length of base64', () => {
  it.each([
    ['', 0],
    ['AA==', 1],
    ['AAA=', 2],
    ['AAAA', 3],
    ['AAA', 2],
  ])('of %j is %i bytes', (text, bytes) => expect(base64Length(text)).toBe(bytes));
});
