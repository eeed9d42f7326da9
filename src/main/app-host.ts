/** What the app needs of its surroundings, and what it offers to them: a real desktop, or a test. */
import type { SystemChange } from '../shared/connection/types.ts';
import type { AppInfo } from '../shared/ipc/contract.ts';
import type { FilePurpose } from '../shared/ipc/file-purpose.ts';
import type { UiState, Workspace } from '../shared/workspace/workspace.ts';
import type { AlertNotice } from './alerts/alerts.ts';
import type { PlaceQuestion } from './export/export-service.ts';
import type { OpenVisit, SendFeed } from './ipc/visit.ts';
import type { SecretCipher } from './workspace/secret-vault.ts';

/** What surrounds the app. */
export interface AppHost {
  readonly about: Pick<AppInfo, 'version' | 'electron' | 'platform'>;
  /** Where the workspace and the sessions are kept. */
  readonly dataFolder: string;
  /** An address from the command line. */
  readonly openUrl: string | null;
  /** Session files from the command line. */
  readonly openFiles: readonly string[];
  /** A session folder from the command line. */
  readonly openFolder: string | null;
  /** The built program of the thread that searches; null: it is searched in this one. */
  readonly searchWorker: string | null;
  readonly askFile: (purpose: FilePurpose) => Promise<string | null>;
  /** The system's proxies for an address, as a PAC script says them: "PROXY host:port; DIRECT". */
  readonly systemProxy: (url: string) => Promise<string>;
  /** Asks for a folder; `purpose` is the title of the question. */
  readonly askFolder: (purpose: string) => Promise<string | null>;
  /** The system's keychain; null where there is none. */
  readonly cipher: SecretCipher | null;
  readonly askPlace: (question: PlaceQuestion) => Promise<string | null>;
  readonly reveal: (path: string) => void;
  /** Tells the user something that no command asked for. */
  readonly say: (message: string) => void;
  /** Tells the user of something in a session, also when they are elsewhere. */
  readonly notify: (notice: AlertNotice) => void;
  /** The arrangement of the window changed. */
  readonly onUi: (ui: UiState) => void;
  /** For developers: something failed that nobody waits for. */
  readonly onFault: (what: string, error: unknown) => void;
}

export interface AppServices {
  readonly workspace: Workspace;
  readonly openVisit: OpenVisit;
  /** Sends a feed to every visit. */
  readonly broadcast: SendFeed;
  /** Takes in what others changed in the folder of the endpoints; to be called when the user comes back to the window. */
  readonly refreshWorkspace: () => Promise<void>;
  /** The machine woke up, or its network came or went. */
  readonly systemChanged: (change: SystemChange) => void;
  /** Takes in a session file that a later start was given, and shows it. */
  readonly openFile: (path: string) => void;
  /** Takes in a session folder that a later start was given, and shows it. */
  readonly showFolder: (folder: string) => Promise<void>;
  /** Reads what the first connection will need; for a moment when nobody waits. */
  readonly warmUp: () => Promise<unknown>;
  /** Ends connections, exports and servers; resolves when everything is in its files. */
  readonly close: () => Promise<void>;
}
