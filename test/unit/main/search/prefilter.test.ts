import { describe, expect, it } from 'vitest';
import { prefilterOf } from '../../../../src/main/search/prefilter.ts';
import { createStretchSearch } from '../../../../src/main/search/stretch-search.ts';
import { matches, PLAIN_EVENT } from '../../../../src/shared/filter/matches.ts';
import { parseQuery, type Query } from '../../../../src/shared/filter/query.ts';
import { kindNumberOf } from '../../../../src/shared/session/index-record.ts';
import { FRAME_FLAGS } from '../../../../src/shared/sse/types.ts';

function query(text: string): Query {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
  return parsed.query;
}

/** Every text of up to four of these characters. */
const LETTERS = ['a', 'S', 'é', '😀', '\n', ' ', '1', '-', 'ſ'];
const TEXTS: readonly string[] = [0, 1, 2, 3].reduce<string[]>(
  (all) => [...new Set([...all, ...all.flatMap((text) => LETTERS.map((letter) => text + letter))])],
  [''],
);

/** All texts as events of one stretch, and what is asked about each frame. */
function stretch(lineEnd: string) {
  const frames = TEXTS.map((text) => {
    const bytes = Buffer.from(
      `${text
        .split('\n')
        .map((line) => `data: ${line}${lineEnd}`)
        .join('')}${lineEnd}`,
    );
    return { text, bytes, flags: /[^\0-\x7f]/.test(text) ? FRAME_FLAGS.nonAscii : 0 };
  });
  let start = 0;
  const places = frames.map(({ text, bytes, flags }) => {
    const place = {
      start,
      end: (start += bytes.length),
      kindNumber: kindNumberOf('event'),
      flags,
      framing: 0,
    };
    return { text, place };
  });
  return { bytes: Buffer.concat(frames.map(({ bytes }) => bytes)), places };
}

const STRETCHES = ['\n', '\r\n', '\r'].map(stretch);

const QUERIES = [
  'a',
  'é',
  '"a\nS"',
  'data=a1',
  'as or 1',
  'as 1',
  '"a 1" or data~/S-/',
  'data~/a.S/',
  'data~/a.s/i',
  'data~/^a/',
  'data~/a$/',
  'data~/^a$/m',
  'data~/^.$/',
  'data~/^.$/u',
  'data~/^a|1$/',
  'data~/(^a)|-/',
  'data~/[^a]1/',
  'data~/[a-]1/',
  'data~/[^-]a/',
  'data~/S[^-a]S/',
  'data~/S[^1]S/',
  'data~/[ -1]a/',
  'data~/\\s1/',
  'data~/a\\s/',
  'data~/[\\sé]a/',
  'data~/\\S\\S\\S/',
  'data~/\\W/',
  'data~/\\D\\d/',
  'data~/\\w\\W\\w/',
  'data~/[\\s\\S]a/',
  'data~/.1/s',
  'data~/a\\n1/',
  'data~/a[\\n1]/',
  'data~/\\n/',
  'data~/S/iu',
  'data~/[s]1/iu',
  'data~/s1/i',
  'data~/é/i',
  'data~/É/i',
  'data~/\\u00e9a/',
  'data~/\\ud83d/',
  'data~/😀/',
  'data~/😀/u',
  'data~/\\u{1f600}a/u',
  'data~/\\p{L}1/u',
  'data~/\\P{L}1/u',
  'data~/a*/',
  'data~/a{2}/',
  'data~/(?:a|1){2,}-/',
  'data~/(a)\\1/',
  'data~/(?<x>a)1\\k<x>/',
  'data~/(?=a)./',
  'data~/(?!a)[a1]/',
  'data~/(?<=a)1/',
  'data~/a\\b/',
  'data~/a\\B1/',
  'data~/a+1?-/',
  'data~/(?:a1|1a)S?/',
  'data~/a|\\n/',
  'data~/[a-é]1/',
  'data~/[]/',
  'data~/[^]/',
  'data~/\\x61\\cJ?1/',
  'data~/a1/i or data~/[^S]-/',
  'data~/a1/ or data~/1a/',
  'data~/aa/ type:message',
  '-data~/a/',
];

describe('what is not interpreted', () => {
  it.each(QUERIES)('for %s does not match', (text) => {
    const asked = query(text);
    const prefilter = prefilterOf(asked);
    for (const { bytes, places } of STRETCHES) {
      const mayMatch = createStretchSearch(bytes, prefilter);
      const missed = places.filter(
        ({ text: data, place }) => !mayMatch(place) && matches(asked, { ...PLAIN_EVENT, data }),
      );
      expect(missed.map(({ text: data }) => data)).toEqual([]);
    }
  });

  it.each<[string, number]>([
    ['data~/a1|1a/', 0.2],
    ['data~/[a1][a1][a1]/', 0.2],
    ['data~/^11/', 0.1],
    ['data~/1\\s1/', 0.7],
    ['aaa', 0.01],
  ])('for %s is most', (text, share) => {
    const { bytes, places } = STRETCHES[0] as (typeof STRETCHES)[0];
    const mayMatch = createStretchSearch(bytes, prefilterOf(query(text)));
    expect(places.filter(({ place }) => mayMatch(place)).length / places.length).toBeLessThan(share);
  });

  it('for values in JSON have neither the name nor an escape', () => {
    const asked = query('json.team=Arsenal');
    const datas = ['{"team":"Arsenal"}', '{"t\\u0065am":"Ars\\u0065nal"}', '{"team":"Chelsea"}', 'x'];
    const mayMatch = datas.map((data) => {
      const bytes = Buffer.from(`data: ${data}\n\n`);
      const place = { start: 0, end: bytes.length, kindNumber: kindNumberOf('event'), flags: 0, framing: 0 };
      return createStretchSearch(bytes, prefilterOf(asked))(place);
    });
    expect(mayMatch).toEqual([true, true, false, false]);
    expect(datas.map((data) => matches(asked, { ...PLAIN_EVENT, data }))).toEqual([true, true, false, false]);
  });
});
