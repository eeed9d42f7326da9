/**
 * The bridge into the sandboxed window: a transport over two channels and nothing else. Names, arguments and results are
 * checked by the contract's client and dispatcher, so there is no list of methods to keep here.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { FEED_CHANNEL, INVOKE_CHANNEL } from '../shared/ipc/channels.ts';
import type { Transport } from '../shared/ipc/contract.ts';

const transport: Transport = {
  invoke: (name, args) => ipcRenderer.invoke(INVOKE_CHANNEL, name, args),
  subscribe(listener) {
    const forward = (_event: unknown, name: string, payload: unknown) => listener(name, payload);
    ipcRenderer.on(FEED_CHANNEL, forward);
    return () => {
      ipcRenderer.removeListener(FEED_CHANNEL, forward);
    };
  },
};

contextBridge.exposeInMainWorld('streamscope', transport);
