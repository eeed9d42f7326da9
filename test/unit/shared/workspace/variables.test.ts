import { describe, expect, it } from 'vitest';
import { BLANK_REQUEST } from '../../../../src/shared/connection/blank-request.ts';
import { DEFAULT_RECONNECT, type RequestSpec } from '../../../../src/shared/connection/types.ts';
import { substitute, substituteRequest, variableUses } from '../../../../src/shared/workspace/variables.ts';
import { bodyOfText } from '../../../../src/shared/connection/request-body.ts';

const variables = new Map([
  ['samples', 'http://127.0.0.1:4000'],
  ['nested', '{{samples}}'],
]);

describe('variables', () => {
  it('are found with their place, known or not', () => {
    expect(variableUses('{{samples}}/a/{{ room.id }}', variables)).toEqual([
      { name: 'samples', from: 0, to: 11, value: 'http://127.0.0.1:4000' },
      { name: 'room.id', from: 14, to: 27, value: null },
    ]);
  });

  it.each([['{{}}'], ['{samples}'], ['{{a b}}'], ['{{ "a": 1 }}'], ['{"a":{"b":1}}'], ['{{samples}']])(
    'are not seen in %s',
    (text) => {
      expect(variableUses(text, variables)).toEqual([]);
      expect(substitute(text, variables, 'the body')).toBe(text);
    },
  );

  it('give their value wherever they stand, and the value is not searched again', () => {
    expect(substitute('a {{samples}} b {{ samples }} {{nested}} $& $1', variables, 'the body')).toBe(
      'a http://127.0.0.1:4000 b http://127.0.0.1:4000 {{samples}} $& $1',
    );
  });

  it('are not inherited from anything', () => {
    expect(variableUses('{{constructor}}', variables)).toMatchObject([{ value: null }]);
  });

  it('that do not exist are named, with what there is and where', () => {
    expect(() => substitute('{{sample}}', variables, 'the address')).toThrow(
      'There is no variable {{sample}}. Known: {{samples}}, {{nested}}. It stands in the address.',
    );
    expect(() => substitute('{{x}}', new Map(), 'the body')).toThrow('No variables are set.');
  });

  const request: RequestSpec = {
    ...BLANK_REQUEST,
    method: 'POST',
    url: '{{samples}}/x',
    headers: [
      { name: 'Origin', value: '{{samples}}', enabled: true },
      { name: 'X-Off', value: '{{missing}}', enabled: false },
    ],
    body: bodyOfText('{"from":"{{samples}}"}'),
    reconnect: DEFAULT_RECONNECT,
    lastEventId: '',
  };

  it('are put into every part of a request that is sent, and only there', () => {
    expect(substituteRequest(request, variables)).toEqual({
      ...request,
      url: 'http://127.0.0.1:4000/x',
      headers: [{ name: 'Origin', value: 'http://127.0.0.1:4000', enabled: true }, request.headers[1]],
      body: bodyOfText('{"from":"http://127.0.0.1:4000"}'),
    });
  });

  it('that do not exist refuse the request with the code of bad arguments', () => {
    const broken = {
      ...request,
      headers: [{ name: 'Authorization', value: 'Bearer {{token}}', enabled: true }],
    };
    expect(() => substituteRequest(broken, variables)).toThrow(
      expect.objectContaining({
        code: 'bad-arguments',
        message: expect.stringContaining('the header "Authorization"') as string,
      }),
    );
  });
});
