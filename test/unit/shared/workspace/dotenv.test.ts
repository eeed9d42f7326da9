import { describe, expect, it } from 'vitest';
import { parseDotenv } from '../../../../src/shared/workspace/dotenv.ts';

const values = (text: string) =>
  Object.fromEntries(parseDotenv(text).variables.map(({ name, value }) => [name, value]));

describe('a .env file', () => {
  it.each([
    ['a plain line', 'A=1', { A: '1' }],
    ['blanks around', '  A = 1 2  ', { A: '1 2' }],
    ['export', 'export A=1', { A: '1' }],
    ['comments', '# x\nA=1 # y\nB=a#b\n#C=2', { A: '1', B: 'a#b' }],
    ['an empty value', 'A=\nB=""', { A: '', B: '' }],
    ['a comment instead of a value', 'A= # none', { A: '' }],
    ['single quotes, as they are', "A='a\\n # b'", { A: 'a\\n # b' }],
    ['double quotes with escapes', 'A="a\\n\\"b\\" \\\\ $"', { A: 'a\n"b" \\ $' }],
    ['several lines in quotes', 'A="a\nb"\nB=2', { A: 'a\nb', B: '2' }],
    ['all line ends and a byte order mark', '\uFEFFA=1\r\nB=2\rC=3', { A: '1', B: '2', C: '3' }],
    ['a URL with a query', 'A=http://h/?a=b&c=d', { A: 'http://h/?a=b&c=d' }],
    ['a name that comes twice', 'A=1\nB=2\nA=3', { B: '2', A: '3' }],
  ])('has %s', (_what, text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it('marks what is a secret by its name', () => {
    expect(parseDotenv('OPENAI_API_KEY=sk-1\nBASE=http://h').variables).toMatchObject([
      { name: 'OPENAI_API_KEY', secret: true },
      { name: 'BASE', secret: false },
    ]);
  });

  it('reports the lines that it leaves out', () => {
    const { variables, problems } = parseDotenv('hello\nA=1\nB="open\n1x=2');
    expect(variables.map(({ name }) => name)).toEqual(['A']);
    expect(problems).toEqual([
      { line: 1, message: 'This is not NAME=value, so it was left out.' },
      { line: 3, message: 'The value of B has no closing ".' },
      { line: 4, message: 'This is not NAME=value, so it was left out.' },
    ]);
  });
});
