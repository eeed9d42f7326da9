/**
 * The single door between the window and main: takes calls from the app's own page only, hands them to the dispatcher, and
 * sends feeds back. The only file that imports ipcMain.
 */
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { FEED_CHANNEL, INVOKE_CHANNEL } from '../../shared/ipc/channels.ts';
import { CodedError, toErrorBody } from '../../shared/ipc/envelope.ts';
import type { OpenVisit, Visit } from './visit.ts';

export interface ElectronServer {
  /** Serves this window until it is destroyed. Each page that loads in it is a visit of its own. */
  attach(contents: WebContents): void;
}

/** Starts to listen. Calls are taken from main frames whose page is of `origin`. */
export function createElectronServer(origin: string, openVisit: OpenVisit): ElectronServer {
  const visits = new Map<number, Visit>();

  ipcMain.handle(INVOKE_CHANNEL, (event, name: unknown, args: unknown) => {
    if (!isOwnPage(event, origin))
      return { ok: false, error: toErrorBody(new CodedError('bad-arguments', 'This page may not call.')) };
    return visitOf(event.sender).dispatch(name, args);
  });

  function visitOf(contents: WebContents): Visit {
    let visit = visits.get(contents.id);
    if (!visit) {
      visit = openVisit((name, payload) => {
        if (!contents.isDestroyed() && !contents.isCrashed()) contents.send(FEED_CHANNEL, name, payload);
      });
      visits.set(contents.id, visit);
    }
    return visit;
  }

  return {
    attach(contents) {
      const { id } = contents;
      const endVisit = () => {
        visits.get(id)?.close();
        visits.delete(id);
      };
      // The page before is gone with everything it watched; the new one makes itself known by its first call.
      contents.on('did-navigate', endVisit);
      contents.on('render-process-gone', endVisit);
      contents.on('destroyed', endVisit);
    },
  };
}

/** A frame inside the page, or another page, has no business here even if one should ever get in. */
function isOwnPage({ senderFrame }: IpcMainInvokeEvent, origin: string): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.url.startsWith(`${origin}/`);
}
