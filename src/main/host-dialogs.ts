/** What only the desktop can do for the app: ask for a place, show a file, tell the user something. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, dialog, shell, type BrowserWindow, type OpenDialogOptions } from 'electron';
import type { FilePurpose } from '../shared/ipc/file-purpose.ts';
import type { PlaceQuestion } from './export/export-service.ts';

export interface HostDialogs {
  askPlace(question: PlaceQuestion): Promise<string | null>;
  /** Asks for a file that a request needs. */
  askFile(purpose: FilePurpose): Promise<string | null>;
  askFolder(title: string): Promise<string | null>;
  reveal(path: string): void;
  say(message: string): void;
  /** Says once that something in the program broke; the rest is on standard error. */
  sayFault(error: unknown): void;
}

const FILE_TITLES: Readonly<Record<FilePurpose, string>> = {
  authorities: 'Choose Certificates of Authorities (PEM)',
  certificate: 'Choose a Client Certificate (PEM)',
  key: 'Choose a Private Key (PEM)',
  pkcs12: 'Choose a PKCS#12 File (.p12, .pfx)',
  socket: 'Choose a Unix Socket',
  body: 'Choose a File to Send',
  session: 'Open a Session File',
  capture: 'Import Capture',
};

const SESSION_FILTERS = [
  { name: 'Streamscope sessions', extensions: ['streamscope'] },
  { name: 'All files', extensions: ['*'] },
];

/** Dialogs belong to the window while there is one. */
export function createHostDialogs(currentWindow: () => BrowserWindow | null): HostDialogs {
  let faultSaid = false;

  function say(message: string): void {
    const options = { type: 'warning' as const, message: 'Streamscope', detail: message };
    const window = currentWindow();
    void (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
  }

  return {
    async askPlace({ suggestedName, formatLabel, extension }) {
      const options = {
        title: 'Export Session',
        defaultPath: join(downloadsFolder(), suggestedName),
        filters: [{ name: formatLabel, extensions: [extension] }],
      };
      const window = currentWindow();
      const answer = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
      return answer.canceled || !answer.filePath ? null : answer.filePath;
    },
    async askFolder(title) {
      const options: OpenDialogOptions = { title, properties: ['openDirectory', 'createDirectory'] };
      const window = currentWindow();
      const answer = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
      return answer.canceled ? null : (answer.filePaths[0] ?? null);
    },
    async askFile(purpose) {
      const options: OpenDialogOptions = {
        title: FILE_TITLES[purpose],
        properties: ['openFile', 'showHiddenFiles', 'dontAddToRecent'],
        ...(purpose === 'session' && { filters: SESSION_FILTERS }),
      };
      const window = currentWindow();
      const answer = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
      return answer.canceled ? null : (answer.filePaths[0] ?? null);
    },
    reveal: (path) => shell.showItemInFolder(path),
    say,
    sayFault(error) {
      if (faultSaid) return;
      faultSaid = true;
      const what = error instanceof Error ? error.message : String(error);
      say(
        `Something in Streamscope broke: ${what}. Captures go on; if the app behaves oddly, start it again.`,
      );
    },
  };
}

function downloadsFolder(): string {
  try {
    return app.getPath('downloads');
  } catch {
    // Some systems know no such folder.
    return homedir();
  }
}
