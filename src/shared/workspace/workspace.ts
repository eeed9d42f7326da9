/** What the user arranges: the tree of saved endpoints and how the window looks. Kept by main, edited by the window. */
import type { RequestSpec } from '../connection/types.ts';

/** A value that requests name as `{{name}}`. */
export interface Variable {
  readonly name: string;
  /** "" for a secret: its value is kept apart, by the keychain where there is one. */
  readonly value: string;
  readonly secret: boolean;
  /** One that is off is kept and counts as if it were not there. */
  readonly enabled: boolean;
}

/** Variables that are switched together, such as those of a staging and of a production server. */
export interface Environment {
  readonly id: string;
  readonly name: string;
  readonly variables: readonly Variable[];
}

/** Where the values of secrets are kept: by the system, in a file of its owner, or until the app ends. */
export type SecretKeeping = 'keychain' | 'file' | 'memory';

/** Names the value of a secret variable. */
export interface SecretRef {
  /** Of the folder or the environment whose variable it is. */
  readonly ownerId: string;
  readonly name: string;
}

export interface FolderNode {
  readonly kind: 'folder';
  readonly id: string;
  /** null: at the top. */
  readonly parentId: string | null;
  readonly name: string;
  readonly open: boolean;
  /** Inherited by everything in the folder. */
  readonly variables: readonly Variable[];
}

export interface EndpointNode {
  readonly kind: 'endpoint';
  readonly id: string;
  readonly parentId: string | null;
  readonly name: string;
  /** A sentence about what it shows; samples have one. */
  readonly note: string;
  readonly request: RequestSpec;
  /** What is asserted of its stream, as a checks document (docs/checks.md); left out when there is none. */
  readonly checks?: string;
}

export type TreeNode = FolderNode | EndpointNode;

export type ThemeChoice = 'system' | 'light' | 'dark';
export type MainTab = 'events' | 'timeline' | 'completion' | 'connection' | 'raw' | 'checks';

/** Small things that come back at the next start. */
export interface UiState {
  readonly theme: ThemeChoice;
  readonly sidebarWidth: number;
  readonly sidebarHidden: boolean;
  readonly detailWidth: number;
  readonly tab: MainTab;
  readonly detailTab: 'data' | 'frame' | 'timing';
  /** How the text of a completion is shown: as it came, or with its Markdown formatted. */
  readonly completionText: 'plain' | 'markdown';
  readonly endpointId: string | null;
  /** The environment that is switched on; null: none. */
  readonly environmentId: string | null;
  readonly sessionId: string | null;
  readonly selectedSeq: number | null;
  readonly filter: string;
  readonly hiddenKinds: readonly string[];
  /** What exports take out besides what Streamscope knows: names of fields, and texts. */
  readonly redaction: { readonly names: readonly string[]; readonly texts: readonly string[] };
  /** The request form as it was left, when it differs from the saved endpoint. */
  readonly draft: RequestSpec | null;
}

export interface Workspace {
  /** In the order of the tree; children come in the order in which they stand here. */
  readonly nodes: readonly TreeNode[];
  readonly environments: readonly Environment[];
  readonly ui: UiState;
}

export const DEFAULT_UI: UiState = {
  theme: 'system',
  sidebarWidth: 248,
  sidebarHidden: false,
  detailWidth: 420,
  tab: 'events',
  detailTab: 'data',
  completionText: 'plain',
  endpointId: null,
  environmentId: null,
  sessionId: null,
  selectedSeq: null,
  filter: '',
  hiddenKinds: [],
  redaction: { names: [], texts: [] },
  draft: null,
};
