import { expect, it } from 'vitest';
import { faultOf } from '../../../../src/shared/chat/bedrock-fault.ts';

const event = (type: string, data: string, json?: unknown) => ({
  type,
  data,
  json,
  seq: 0,
  atMs: 0,
  attempt: 1,
});

it('an exception becomes an error with its type and its sentence', () => {
  const fault = faultOf(event('throttlingException', '{"message":"slow"}', { message: 'slow' }));
  expect(fault).toMatchObject({
    type: 'error',
    json: { error: { type: 'throttlingException', message: 'slow' } },
  });
});

it('an error without a payload has the sentence of its header', () => {
  expect(faultOf(event('InternalError', 'It broke.'))?.json).toEqual({
    error: { type: 'InternalError', message: 'It broke.' },
  });
});

it.each(['chunk', 'error', 'message', 'contentBlockDelta', 'Exception'])('%s is none', (type) => {
  expect(faultOf(event(type, '{}', {}))).toBeNull();
});
