/** Back-pressure between the two sides of a tapped connection: who is read, who waits, and why. */
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { resetSocket } from './reset-socket.ts';

/** Why the server is not read: the client is slow, the log is, or rules hold events back. */
type ServerHold = 'client' | 'log' | 'gate';

export interface Flow {
  toClient(bytes: Uint8Array): void;
  toServer(bytes: Uint8Array): void;
  readonly clientDrained: () => void;
  readonly serverDrained: () => void;
  holdServer(why: ServerHold, held: boolean): void;
  /** What the client sends ahead waits. */
  holdClient(held: boolean): void;
  /** Ends the client's side, when what was written before has left. */
  close(how: 'end' | 'reset'): void;
}

export function createFlow(client: Socket, server: () => Duplex | null): Flow {
  const serverHolds = new Set<ServerHold>();
  const clientHolds = new Set<'server' | 'ahead'>();

  const holdServer = (why: ServerHold, held: boolean) => {
    const before = serverHolds.size;
    if (held) serverHolds.add(why);
    else serverHolds.delete(why);
    if (before === 0 && serverHolds.size > 0) server()?.pause();
    if (before > 0 && serverHolds.size === 0) server()?.resume();
  };
  const holdClient = (why: 'server' | 'ahead', held: boolean) => {
    const before = clientHolds.size;
    if (held) clientHolds.add(why);
    else clientHolds.delete(why);
    if (before === 0 && clientHolds.size > 0) client.pause();
    if (before > 0 && clientHolds.size === 0) client.resume();
  };

  return {
    toClient(bytes) {
      if (!client.write(bytes)) holdServer('client', true);
    },
    toServer(bytes) {
      const stream = server();
      if (stream && !stream.writableEnded && !stream.destroyed && !stream.write(bytes))
        holdClient('server', true);
    },
    clientDrained: () => holdServer('client', false),
    serverDrained: () => holdClient('server', false),
    holdServer,
    holdClient: (held) => holdClient('ahead', held),
    close(how) {
      if (client.destroyed) return;
      if (how === 'end') return void client.end();
      // Bytes on their way would be lost with a reset.
      if (client.writableLength === 0) resetSocket(client);
      else client.write('', () => void (client.destroyed || resetSocket(client)));
    },
  };
}
