import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/command.ts';
import { readRecordArguments } from '../../../src/cli/record-arguments.ts';
import { BLANK_REQUEST } from '../../../src/shared/connection/blank-request.ts';
import { DEFAULT_RECONNECT } from '../../../src/shared/connection/types.ts';
import { bodyOfText } from '../../../src/shared/connection/request-body.ts';

const URL = 'http://h.example/';
const files: Readonly<Record<string, Uint8Array>> = {
  'body.json': Buffer.from('{"é":1}\n'),
  'body.bin': Uint8Array.of(0xff, 0xfe),
  '-': Buffer.from('typed'),
};

const read = (...args: string[]) =>
  readRecordArguments(args, (path) => {
    const bytes = files[path];
    return bytes ? Promise.resolve(bytes) : Promise.reject(new Error('ENOENT'));
  });

async function complaint(...args: string[]): Promise<string> {
  const error: unknown = await read(...args).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).message;
}

it('an address alone is a GET without limits', async () => {
  expect(await read(URL)).toEqual({
    request: {
      ...BLANK_REQUEST,
      method: 'GET',
      url: URL,
      headers: [],
      body: bodyOfText(''),
      reconnect: DEFAULT_RECONNECT,
      lastEventId: '',
    },
    patient: false,
    maxEvents: null,
    maxMs: null,
    folder: null,
    raw: false,
  });
});

it('reads every option, in any order', async () => {
  const spec = await read(
    ...['--raw', '--out', 'a/b', '-X', 'PUT', '-H', 'A: 1', URL, '-H', 'b:2:3', '-d', 'x=1'],
    ...['--last-event-id', '9', '--no-reconnect', '--max-events', '3', '--max-time', '1.5'],
  );
  expect(spec).toEqual({
    request: {
      ...BLANK_REQUEST,
      method: 'PUT',
      url: URL,
      headers: [
        { name: 'A', value: '1', enabled: true },
        { name: 'b', value: '2:3', enabled: true },
      ],
      body: bodyOfText('x=1'),
      reconnect: { preset: 'one-answer' },
      lastEventId: '9',
    },
    patient: false,
    maxEvents: 3,
    maxMs: 1500,
    folder: 'a/b',
    raw: true,
  });
});

it('takes a policy, and is patient when one was asked for', async () => {
  const spec = await read(URL, '--reconnect', 'resilient', '--set', 'give-up=5min', '--set', 'floor=1');
  expect(spec.patient).toBe(true);
  expect(spec.request.reconnect).toEqual({ preset: 'resilient', giveUpMs: 300_000, floorMs: 1000 });
});

describe('a body', () => {
  it('makes a POST unless a method is given', async () => {
    expect((await read(URL, '-d', '{}')).request).toMatchObject({ method: 'POST', body: bodyOfText('{}') });
    expect((await read(URL, '-d', '')).request).toMatchObject({ method: 'POST', body: bodyOfText('') });
    expect((await read(URL, '-d', '{}', '-X', 'GET')).request.method).toBe('GET');
  });

  it('comes from a file or from standard input, to the byte', async () => {
    expect((await read(URL, '-d', '@body.json')).request.body.text).toBe('{"é":1}\n');
    expect((await read(URL, '-d', '@-')).request.body.text).toBe('typed');
  });
});

it.each([
  [[], 'URL is missing.'],
  [[URL, 'more'], '"more" is one argument too many.'],
  [['/path'], '"/path" is not an address.'],
  [['ftp://h/'], 'begins with "ftp:"'],
  [[URL, '--colour'], "Unknown option '--colour'."],
  [[URL, '-H'], "'-H, --header <value>' argument missing."],
  [[URL, '-H', 'no colon'], '"no colon" is not a header.'],
  [[URL, '-H', ': value'], '": value" is not a header.'],
  [[URL, '-H', 'a b: 1'], '"a b" is not a header name'],
  [[URL, '-X', 'G ET'], '"G ET" is not an HTTP method'],
  [[URL, '-d', '@none'], 'The body "none" cannot be read: ENOENT'],
  [[URL, '-d', '@body.bin'], 'The body "body.bin" is not UTF-8 text.'],
  [[URL, '--reconnect', 'best'], '"preset" must be one of auto'],
  [[URL, '--set', 'floor=soon'], 'floor is a time'],
  [[URL, '--no-reconnect', '--reconnect', 'auto'], 'contradict each other'],
  [[URL, '--max-events', '0'], '--max-events needs a number above 0, and not "0".'],
  [[URL, '--max-events', '1.5'], '--max-events needs a whole number, and not "1.5".'],
  [[URL, '--max-events', 'x'], 'not "x"'],
  [[URL, '--max-time', '-1'], '--max-time'],
  [[URL, '--max-time='], '--max-time needs a number above 0, and not "".'],
  [[URL, '--out', ''], '--out needs the name of a folder.'],
])('%j is refused with a sentence', async (args, expected) => {
  expect(await complaint(...args)).toContain(expected);
});
