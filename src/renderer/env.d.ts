/** What the preload script gives the window. Only main.ts takes it. */
import type { PreloadBridge } from '../shared/ipc/contract.ts';

declare global {
  interface Window {
    readonly streamscope: PreloadBridge;
  }
}
