import { describe, expect, it } from 'vitest';
import {
  audioBlob,
  bytesOfBase64,
  imageBlob,
  wavHeader,
} from '../../../../../src/renderer/views/completion/media.ts';
import type { AudioPart, ImagePart } from '../../../../../src/shared/chat/parts.ts';

const image = (bytes: readonly number[]): ImagePart => ({
  key: '0',
  data: btoa(String.fromCharCode(...bytes)),
  url: '',
  format: 'png',
  prompt: '',
  isComplete: true,
  seqs: [1],
});
const audio = (pieces: readonly string[], format: string | null = null): AudioPart => ({
  id: null,
  format,
  data: { pieces, seqs: pieces.map((_, at) => at) },
  transcript: { pieces: [], seqs: [] },
  byteLength: 0,
  droppedBytes: 0,
  seq: 0,
});

describe('an image', () => {
  it('is shown by its first bytes, whatever it is said to be', () => {
    expect(imageBlob(image([0x89, 0x50, 0x4e, 0x47, 1]))?.type).toBe('image/png');
    expect(imageBlob(image([0xff, 0xd8, 0xff, 1]))?.type).toBe('image/jpeg');
  });

  it.each(['<svg onload=alert(1)>', '<html>', ''])('that is %j is not shown', (text) => {
    expect(imageBlob(image([...text].map((char) => char.charCodeAt(0))))).toBeNull();
  });
});

describe('sound', () => {
  it('without a head gets that of a WAV file, at the rate that its format names', async () => {
    const blob = audioBlob(audio(['AAEC', 'AwQF'], 'audio/L16;rate=16000'));
    const bytes = new DataView((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
    expect(blob?.type).toBe('audio/wav');
    expect([bytes.byteLength, bytes.getUint32(40, true), bytes.getUint32(24, true)]).toEqual([50, 6, 16_000]);
    expect(bytes.getUint8(49)).toBe(5);
  });

  it('with a head stays as it is', () => {
    const blob = audioBlob(audio([btoa('OggS...')]));
    expect([blob?.type, blob?.size]).toEqual(['audio/ogg', 7]);
  });

  it('that cannot be decoded is none', () => {
    expect(audioBlob(audio([]))).toBeNull();
    expect(audioBlob(audio(['*']))).toBeNull();
    expect(bytesOfBase64('*')).toBeNull();
  });
});

it('a WAV head is 44 bytes', () => expect(wavHeader(2, 24_000)).toHaveLength(44));
