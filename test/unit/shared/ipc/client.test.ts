import { describe, expect, expectTypeOf, it } from 'vitest';
import { createClient } from '../../../../src/shared/ipc/client.ts';
import type { AppInfo, Client, Transport, ViewProgress } from '../../../../src/shared/ipc/contract.ts';
import { CodedError } from '../../../../src/shared/ipc/envelope.ts';
import { createFakeTransport } from '../../../support/fake-transport.ts';

const info: AppInfo = {
  version: '1.2.3',
  electron: '25.1.1',
  platform: 'linux',
  samplesOrigin: 'http://127.0.0.1:1',
  sessionsFolder: '/sessions',
  openUrl: null,
  openSessionId: null,
};
const progress = (viewId: string): ViewProgress => ({
  viewId,
  count: 1,
  scanned: 2,
  total: 3,
  failure: null,
});

describe('client', () => {
  it('returns the value of the envelope', async () => {
    const client = createClient(createFakeTransport({ 'app:info': () => info }));
    await expect(client.call('app:info')).resolves.toEqual(info);
  });

  it('sends the arguments', async () => {
    const transport = createFakeTransport({ 'session:rename': () => undefined });
    await createClient(transport).call('session:rename', { sessionId: 's1', name: 'Goals' });
    expect(transport.calls).toEqual([{ name: 'session:rename', args: { sessionId: 's1', name: 'Goals' } }]);
  });

  it('rejects with the code that main gave', async () => {
    const client = createClient(
      createFakeTransport({
        'session:summary': () => {
          throw new CodedError('not-found', 'This session is gone.');
        },
      }),
    );
    const failure = client.call('session:summary', { sessionId: 's1' });
    await expect(failure).rejects.toBeInstanceOf(CodedError);
    await expect(failure).rejects.toMatchObject({ code: 'not-found', message: 'This session is gone.' });
  });

  it.each([[undefined], [null], ['no'], [{}], [{ ok: true }], [{ ok: false }], [{ ok: 'true', value: 1 }]])(
    'refuses %j as an answer',
    async (answer) => {
      const transport: Transport = { invoke: async () => answer, subscribe: () => () => {} };
      await expect(createClient(transport).call('app:info')).rejects.toMatchObject({ code: 'internal' });
    },
  );

  it('delivers a feed to the listeners of its name only', () => {
    const transport = createFakeTransport();
    const client = createClient(transport);
    const heard: string[] = [];
    client.on('view:progress', ({ viewId }) => heard.push(viewId));
    client.on('app:open-url', (url) => heard.push(url));
    transport.emit('view:progress', progress('v1'));
    transport.emit('session:list-changed', null);
    expect(heard).toEqual(['v1']);
  });

  it('keeps one subscription for all listeners and ends it with the last of them', () => {
    const transport = createFakeTransport();
    const client = createClient(transport);
    expect(transport.subscriberCount).toBe(0);
    const endFirst = client.on('app:open-url', () => {});
    const endSecond = client.on('view:progress', () => {});
    expect(transport.subscriberCount).toBe(1);
    endFirst();
    endFirst();
    expect(transport.subscriberCount).toBe(1);
    endSecond();
    expect(transport.subscriberCount).toBe(0);
    client.on('app:open-url', () => {});
    expect(transport.subscriberCount).toBe(1);
  });

  it('lets the same function listen twice and end once', () => {
    const transport = createFakeTransport();
    const client = createClient(transport);
    let heard = 0;
    const listener = () => (heard += 1);
    const endFirst = client.on('app:open-url', listener);
    client.on('app:open-url', listener);
    endFirst();
    transport.emit('app:open-url', 'http://127.0.0.1/');
    expect(heard).toBe(1);
  });

  it('lets every listener hear when one of them throws', () => {
    const transport = createFakeTransport();
    const client = createClient(transport);
    let heard = false;
    client.on('app:open-url', () => {
      throw new Error('broken view');
    });
    client.on('app:open-url', () => (heard = true));
    expect(() => transport.emit('app:open-url', 'http://127.0.0.1/')).toThrow('broken view');
    expect(heard).toBe(true);
  });

  it('does not compile with a wrong name, wrong arguments or a wrong payload', () => {
    const misuse = (client: Client) => {
      // @ts-expect-error not a command
      void client.call('session:explode');
      // @ts-expect-error a feed is not called
      void client.call('session:batch');
      // @ts-expect-error the argument is missing
      void client.call('session:summary');
      // @ts-expect-error the argument has another shape
      void client.call('session:summary', { id: 's1' });
      // @ts-expect-error this command takes none
      void client.call('app:info', {});
      // @ts-expect-error a command is not listened to
      client.on('app:info', () => {});
      // @ts-expect-error the payload is a text
      client.on('app:open-url', (url: number) => url);
      expectTypeOf(client.call('app:info')).resolves.toEqualTypeOf<AppInfo>();
      expectTypeOf(
        client.call('session:wire', { sessionId: 's', offset: 0, length: 1 }),
      ).resolves.toEqualTypeOf<Uint8Array>();
    };
    expect(misuse).toBeTypeOf('function');
  });
});
