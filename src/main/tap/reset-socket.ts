/** Resets a connection: nothing but RST, where Node's own resetAndDestroy sends FIN first, which the other side may take for a good end. */
import type { Socket } from 'node:net';

export function resetSocket(socket: Socket): void {
  // What resetAndDestroy sets before it ends the stream in good order; where it is not known, the connection is just closed.
  Object.assign(socket, { resetAndClosing: true });
  socket.destroy();
}
