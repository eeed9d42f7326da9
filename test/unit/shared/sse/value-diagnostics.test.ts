import { expect, it } from 'vitest';
import { createBodyReader } from '../../../../src/shared/sse/body-reader.ts';
import { createPortableByteText } from '../../../../src/shared/sse/byte-text.ts';
import { diagnoseFrame } from '../../../../src/shared/sse/diagnostics.ts';
import type { Framing } from '../../../../src/shared/sse/framing.ts';
import { awsEvent, awsMessage, joinBytes } from '../../../support/aws-messages.ts';
import { bytesOf } from './read-bodies.ts';

function findings(framing: Framing, body: Uint8Array, maxFrameBytes?: number): string[] {
  const byteText = createPortableByteText();
  const found: string[] = [];
  const reader = createBodyReader({
    byteText,
    ...(maxFrameBytes === undefined ? {} : { maxFrameBytes }),
    onFrame({ kind, flags, offset }) {
      for (const finding of diagnoseFrame(
        { bytes: reader.frameBytes(), offset, kind, flags, framing },
        byteText,
      )) {
        found.push(`${finding.code} at ${finding.offset}`);
      }
    },
    onExtend() {},
  });
  reader.begin(0, framing);
  reader.push(body);
  reader.end();
  return found;
}

it('finds nothing in what is as it should be', () => {
  expect(findings('ndjson', bytesOf('{"a":"é"}\n\n[1]\n'))).toEqual([]);
  expect(findings('json-seq', bytesOf('\x1e{"a":1}\n'))).toEqual([]);
  expect(findings('json-array', bytesOf('[1,"é",{}]\n'))).toEqual([]);
  expect(findings('aws-event-stream', awsEvent('chunk', 'é'))).toEqual([]);
  expect(findings('text', bytesOf('any\nthing'))).toEqual([]);
});

it('finds lines and items that are not JSON', () => {
  expect(findings('ndjson', bytesOf('{"a":1}\ndata: {}\n'))).toEqual(['bad-json at 8']);
  expect(findings('json-array', bytesOf('[{a:1}]'))).toEqual(['bad-json at 0']);
});

it('finds what was cut off, and a text without its separator', () => {
  expect(findings('ndjson', bytesOf('{"a":'))).toEqual(['incomplete-at-end at 0']);
  expect(findings('json-seq', bytesOf('{}\n\x1e{"a\x1e[]\n'))).toEqual([
    'no-separator at 0',
    'incomplete-at-end at 3',
  ]);
});

it('finds bytes that changed on their way, and bytes that are no message', () => {
  const changed = awsEvent('chunk', { text: 'hello' });
  changed[changed.length - 8] = (changed[changed.length - 8] as number) ^ 1;
  const stray = bytesOf('<html>not a message</html>');
  expect(findings('aws-event-stream', joinBytes([changed, stray]))).toEqual([
    'bad-checksum at 0',
    `stray-bytes at ${changed.length}`,
  ]);
});

it('finds a byte order mark, and bytes that are not UTF-8', () => {
  expect(findings('ndjson', bytesOf('\uFEFF[]\n'))).toEqual(['bom at 0']);
  expect(findings('text', Uint8Array.from([0x61, 0xff, 0x0a]))).toEqual(['invalid-utf8 at 1']);
  expect(findings('aws-event-stream', awsMessage({}, Uint8Array.from([0xff])))).toEqual([
    'invalid-utf8 at 0',
  ]);
});

it('finds pieces of what is too long', () => {
  expect(findings('ndjson', bytesOf('[1,2,3,4]\n'), 6)).toEqual(['oversize at 0', 'oversize at 6']);
});
