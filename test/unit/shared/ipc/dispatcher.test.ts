import { describe, expect, it } from 'vitest';
import { commands, type Handlers } from '../../../../src/shared/ipc/contract.ts';
import { createDispatcher } from '../../../../src/shared/ipc/dispatcher.ts';
import { CodedError } from '../../../../src/shared/ipc/envelope.ts';

/** Handlers of which only those given may be called. */
function handlersWith(some: Partial<Handlers>): Handlers {
  const names = Object.keys(commands);
  const refuse = () => {
    throw new Error('not expected');
  };
  return { ...(Object.fromEntries(names.map((name) => [name, refuse])) as unknown as Handlers), ...some };
}

function dispatcherOf(some: Partial<Handlers>) {
  const unforeseen: unknown[][] = [];
  const dispatch = createDispatcher(handlersWith(some), (...what) => unforeseen.push(what));
  return { dispatch, unforeseen };
}

describe('dispatcher', () => {
  it('answers with the value of the handler', async () => {
    const { dispatch } = dispatcherOf({
      'workspace:read': () => ({ nodes: [], environments: [], ui: {} as never }),
    });
    await expect(dispatch('workspace:read', undefined)).resolves.toEqual({
      ok: true,
      value: { nodes: [], environments: [], ui: {} },
    });
  });

  it('awaits handlers', async () => {
    const { dispatch } = dispatcherOf({ 'session:row-of-entry': async () => 7 });
    await expect(
      dispatch('session:row-of-entry', { sessionId: 's1', viewId: null, seq: 1 }),
    ).resolves.toEqual({ ok: true, value: 7 });
  });

  it('hands on only the declared fields', async () => {
    let seen: unknown;
    const { dispatch } = dispatcherOf({ 'session:rename': (args) => void (seen = args) });
    await dispatch('session:rename', { sessionId: 's1', name: 'x', path: '../../etc', constructor: 1 });
    expect(seen).toEqual({ sessionId: 's1', name: 'x' });
  });

  it.each([
    ['session:batch'],
    ['nope'],
    ['__proto__'],
    ['constructor'],
    ['toString'],
    [''],
    [undefined],
    [{}],
    [7],
  ])('refuses the name %j', async (name) => {
    const { dispatch } = dispatcherOf({});
    await expect(dispatch(name, undefined)).resolves.toMatchObject({
      ok: false,
      error: { code: 'bad-arguments' },
    });
  });

  it('refuses bad arguments before the handler runs, and names the field', async () => {
    const { dispatch, unforeseen } = dispatcherOf({});
    await expect(dispatch('session:summary', { sessionId: '../secrets' })).resolves.toEqual({
      ok: false,
      error: { code: 'bad-arguments', message: 'Bad arguments: "sessionId" is not an identifier' },
    });
    expect(unforeseen).toEqual([]);
  });

  it('carries the code of a foreseen error', async () => {
    const { dispatch, unforeseen } = dispatcherOf({
      'session:delete': () => {
        throw new CodedError('busy', 'Stop it first.');
      },
    });
    await expect(dispatch('session:delete', { sessionId: 's1' })).resolves.toEqual({
      ok: false,
      error: { code: 'busy', message: 'Stop it first.' },
    });
    expect(unforeseen).toEqual([]);
  });

  it('turns any other error into an internal one and reports it', async () => {
    const broken = new TypeError('x is undefined');
    const { dispatch, unforeseen } = dispatcherOf({
      'session:list': async () => {
        throw broken;
      },
    });
    await expect(dispatch('session:list', null)).resolves.toEqual({
      ok: false,
      error: { code: 'internal', message: 'x is undefined' },
    });
    expect(unforeseen).toEqual([['session:list', broken]]);
  });

  it('does not compile with a handler that is missing or of the wrong type', () => {
    const handlers = handlersWith({});
    const { 'app:info': _taken, ...incomplete } = handlers;
    const misuse = () => {
      // @ts-expect-error app:info is missing
      createDispatcher(incomplete, () => {});
      // @ts-expect-error session:wire returns bytes
      createDispatcher({ ...handlers, 'session:wire': () => 'text' }, () => {});
      const takesTitle = (args: { title: string }) => void args.title;
      // @ts-expect-error session:rename has no such argument
      createDispatcher({ ...handlers, 'session:rename': takesTitle }, () => {});
    };
    expect(misuse).toBeTypeOf('function');
  });
});
