/** Sound and images of an answer as blobs that the page may show. Formats that are no plain picture or sound are never shown. */
import type { AudioPart, ImagePart } from '../../../shared/chat/parts.ts';

/** OpenAI streams 16-bit PCM at this rate; Gemini names its own. */
const USUAL_RATE = 24_000;
const WAV_HEADER_BYTES = 44;

/** Pictures by their first bytes. Scalable ones are documents and may hold scripts, so they are not among them. */
const PICTURES: readonly (readonly [string, readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46]],
];

const SOUNDS: readonly (readonly [string, readonly number[]])[] = [
  ['audio/wav', [0x52, 0x49, 0x46, 0x46]],
  ['audio/ogg', [0x4f, 0x67, 0x67, 0x53]],
  ['audio/flac', [0x66, 0x4c, 0x61, 0x43]],
  ['audio/mpeg', [0x49, 0x44, 0x33]],
  ['audio/mpeg', [0xff, 0xfb]],
  ['audio/mpeg', [0xff, 0xf3]],
  ['audio/aac', [0xff, 0xf1]],
];

/** The bytes of a text in base64; null when it is none. */
export function bytesOfBase64(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    const text = atob(base64.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(text, (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

function typeOf(bytes: Uint8Array, known: typeof PICTURES): string | null {
  return known.find(([, head]) => head.every((byte, at) => bytes[at] === byte))?.[0] ?? null;
}

/** The latest version of an image; null when it is none that can be shown. */
export function imageBlob({ data }: ImagePart): Blob | null {
  const bytes = data === '' ? null : bytesOfBase64(data);
  const type = bytes && typeOf(bytes, PICTURES);
  return bytes && type ? new Blob([bytes], { type }) : null;
}

/** What came of the sound. What has no head of a known format is taken for 16-bit PCM, one channel, and gets a WAV head. */
export function audioBlob({ data, format }: AudioPart): Blob | null {
  const fragments = data.pieces.flatMap((piece) => bytesOfBase64(piece) ?? []);
  const first = fragments[0];
  if (!first) return null;
  const type = typeOf(first, SOUNDS);
  if (type) return new Blob(fragments, { type });
  const rate = Number(/rate=(\d+)/.exec(format ?? '')?.[1] ?? USUAL_RATE);
  const length = fragments.reduce((sum, bytes) => sum + bytes.length, 0);
  return new Blob([wavHeader(length, rate), ...fragments], { type: 'audio/wav' });
}

/** RIFF/WAVE, PCM, 16 bits, one channel. */
export function wavHeader(dataBytes: number, rate: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(WAV_HEADER_BYTES));
  const text = (at: number, word: string): void => {
    for (const [offset, char] of [...word].entries()) view.setUint8(at + offset, char.charCodeAt(0));
  };
  text(0, 'RIFF');
  view.setUint32(4, WAV_HEADER_BYTES - 8 + dataBytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, dataBytes, true);
  return new Uint8Array(view.buffer);
}
