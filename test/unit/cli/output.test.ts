import { expect, it } from 'vitest';
import { createOutput, type WriteSome } from '../../../src/cli/output.ts';

function coded(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}

/** Takes what each answer says: a number of bytes, or a failure. Then everything. */
function scripted(...answers: (number | string)[]) {
  const taken: string[] = [];
  const writeSome: WriteSome = (_descriptor, bytes, done) => {
    const answer = answers.shift() ?? bytes.length;
    if (typeof answer === 'string') return setImmediate(() => done(coded(answer), 0));
    taken.push(Buffer.from(bytes.subarray(0, answer)).toString());
    setImmediate(() => done(null, answer));
  };
  return { taken, writeSome };
}

it('writes in order, also when nobody waits', async () => {
  const { taken, writeSome } = scripted();
  const output = createOutput(1, writeSome);
  void output.write('a');
  void output.write(Uint8Array.of(0x62));
  await output.write('…');
  expect(taken).toEqual(['a', 'b', '…']);
});

it('goes on where a part was taken, and asks again when none could be', async () => {
  const { taken, writeSome } = scripted(2, 'EAGAIN', 1);
  await createOutput(1, writeSome).write('abcdef');
  expect(taken).toEqual(['ab', 'c', 'def']);
});

it.each(['EPIPE', 'EOF'])('takes %s for a reader that went away: quiet from then on', async (code) => {
  const { taken, writeSome } = scripted(1, code);
  const output = createOutput(1, writeSome);
  let told = 0;
  output.onClosed(() => (told += 1));
  await output.write('ab');
  await output.write('cd');
  expect({ taken, told, closed: output.closed }).toEqual({ taken: ['a'], told: 1, closed: true });
});

it('does not tell who listens no more', async () => {
  const output = createOutput(1, scripted('EPIPE').writeSome);
  output.onClosed(() => expect.fail('it was told'))();
  await output.write('a');
  expect(output.closed).toBe(true);
});

it('hands on any other failure', async () => {
  await expect(createOutput(1, scripted('ENOSPC').writeSome).write('a')).rejects.toThrow('ENOSPC');
});
