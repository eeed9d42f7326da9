/**
 * The bridge into the sandboxed window: a transport over two channels, and the paths of dropped files. Names, arguments and results are
 * checked by the contract's client and dispatcher, so there is no list of methods to keep here.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { FEED_CHANNEL, INVOKE_CHANNEL } from '../shared/ipc/channels.ts';
import type { PreloadBridge } from '../shared/ipc/contract.ts';

const bridge: PreloadBridge = {
  invoke: (name, args) => ipcRenderer.invoke(INVOKE_CHANNEL, name, args),
  subscribe(listener) {
    const forward = (_event: unknown, name: string, payload: unknown) => listener(name, payload);
    ipcRenderer.on(FEED_CHANNEL, forward);
    return () => {
      ipcRenderer.removeListener(FEED_CHANNEL, forward);
    };
  },
  // Older runtimes have no webUtils.
  pathOfFile: (file) => (webUtils as typeof webUtils | undefined)?.getPathForFile(file as File) ?? '',
};

contextBridge.exposeInMainWorld('streamscope', bridge);
