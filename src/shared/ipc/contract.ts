/** Every command and feed between the window and main, declared once; both sides are derived from this value. */
import type { CheckProgress } from '../checks/check-progress.ts';
import type { DiffPage, DiffProgress } from '../diff/diff-page.ts';
import type { ConnectionStatus } from '../connection/types.ts';
import type { Annotation } from '../session/annotations.ts';
import type { TextRange } from '../filter/highlight.ts';
import type { Vocabulary } from '../filter/query-completion.ts';
import type { NumberedJournalEntry, SessionCounts, SessionSummary } from '../session/entry.ts';
import type { ReplayInfo } from '../replay/replay-status.ts';
import type { RowPage } from '../session/row.ts';
import type { SocketRead } from '../session/log.ts';
import type { Framing } from '../sse/framing.ts';
import type { TimelineSlice } from '../session/timeline-slice.ts';
import type { SecretKeeping, SecretRef, Workspace } from '../workspace/workspace.ts';
import { command, feed, type CommandShape, type FeedShape } from './contract-shape.ts';
import * as parseSettings from './parse-settings.ts';
import type { Settings } from '../settings/settings.ts';
import * as parseCookies from './parse-cookies.ts';
import type { CookieRow } from '../workspace/cookie.ts';
import type { ExportFormat, ExportLook, ExportProgress, ImportPlan, ImportProgress } from './exchange.ts';
import * as parse from './parse-arguments.ts';
import * as parseChecks from './parse-checks.ts';
import * as parseExchange from './parse-exchange.ts';
import * as parseDiff from './parse-diff.ts';
import type { OpeningProgress, RemovedSessions } from './library-contract.ts';
import * as parseSearch from './parse-search.ts';
import type { MenuCommand } from './menu-command.ts';
import type { LibrarySearchProgress, ViewProgress } from './search-contract.ts';
import * as parseLibrary from './parse-library.ts';
import { steerConnection } from './parse-reconnect.ts';
import { replayCommands } from './replay-contract.ts';
import * as parseVariables from './parse-variables.ts';
import * as parseWorkspace from './parse-workspace.ts';
import { tapCommands, tapFeeds } from './tap-contract.ts';

export type { MenuCommand, ViewProgress };

/** Facts about the running app. */
export interface AppInfo {
  readonly version: string;
  readonly electron: string;
  readonly platform: string;
  /** Where the sample streams are served while the app runs, such as "http://127.0.0.1:43210"; "" when they cannot be served. */
  readonly samplesOrigin: string;
  /** Where sessions are kept. */
  readonly sessionsFolder: string;
  /** An address given on the command line, to be opened at once; taken by the first caller. */
  readonly openUrl: string | null;
  /** A session whose folder was given on the command line, to be shown at once; taken by the first caller. */
  readonly openSessionId: string | null;
}

/** A live session's tail, sent to its watchers. */
export interface SessionBatch {
  readonly sessionId: string;
  /** Rises by one a batch; acknowledge it. */
  readonly batch: number;
  readonly counts: SessionCounts;
  readonly lastAtMs: number;
  /** First entry that is new since the batch before. */
  readonly fromSeq: number;
  /** The newest rows, at most a screenful, so that a follower need not ask. */
  readonly tail: RowPage;
}

export interface SessionStatus {
  readonly sessionId: string;
  readonly status: ConnectionStatus;
}

/** What one entry is, for the detail pane. */
export interface EntryDetail {
  readonly seq: number;
  readonly atMs: number;
  readonly attempt: number;
  readonly kindNumber: number;
  readonly flags: number;
  /** What the body that a frame belongs to was read as. */
  readonly framing: Framing;
  readonly offset: number;
  readonly length: number;
  /** Frames: the bytes, cut at the asked size. */
  readonly bytes: Uint8Array | null;
  /** Frames: the last event ID in force after it. */
  readonly lastEventId: string;
  /** Frames: the socket reads that brought it. */
  readonly reads: readonly SocketRead[];
  /** Other entries. */
  readonly journal: NumberedJournalEntry | null;
  /** The event of the same type before this one, for a comparison; null when there is none near. */
  readonly previousSameTypeSeq: number | null;
}

/** Frames in a run, to be parsed by the window (completions). */
export interface FrameRun {
  /** Numbers of the entries: frames and journal entries alike. */
  readonly fromSeq: number;
  readonly toSeq: number;
  /** RECORD_BYTES each. */
  readonly records: Uint8Array;
  /** Body bytes from `wireOffset` on, all frames of the run. */
  readonly wireOffset: number;
  readonly wire: Uint8Array;
}

/** Where the values of secret variables are kept, and which are known. */
export interface SecretState {
  readonly keeping: SecretKeeping;
  /** Whether the system has a keychain that can be used. */
  readonly keychain: boolean;
  readonly known: readonly SecretRef[];
}

export const commands = {
  ...tapCommands,
  'app:info': command(parse.nothing).returns<AppInfo>(),
  'workspace:read': command(parse.nothing).returns<Workspace>(),
  /** Replaces the tree; the window is its only editor. */
  'workspace:save-nodes': command(parseWorkspace.treeNodes).returns<void>(),
  'workspace:save-environments': command(parseVariables.environments).returns<void>(),
  /** Where the endpoints and environments are kept as files. */
  'workspace:folder': command(parse.nothing).returns<string>(),
  /** Asks for another folder and keeps them there from now on; null when the user thought better of it. */
  'workspace:choose-folder': command(parse.nothing).returns<string | null>(),
  'workspace:reveal-folder': command(parse.nothing).returns<void>(),
  'secrets:state': command(parse.nothing).returns<SecretState>(),
  /** "" forgets the value. */
  'secrets:set': command(parseVariables.secretValue).returns<SecretState>(),
  /** The value, for the user who wants to see it; null when it is not known. */
  'secrets:reveal': command(parseVariables.secretRef).returns<string | null>(),
  'secrets:keep': command(parseVariables.secretKeeping).returns<SecretState>(),
  'workspace:save-ui': command(parseWorkspace.uiState).returns<void>(),
  /** Starts a session: substitutes variables, opens the connection, answers before the first byte. */
  'connection:start': command(parse.startConnection).returns<SessionSummary>(),
  'connection:stop': command(parse.sessionRef).returns<void>(),
  'connection:reconnect-now': command(parse.sessionRef).returns<void>(),
  /** Drops the connection, pauses and resumes reconnecting, chooses the next Last-Event-ID. */
  'connection:steer': command(steerConnection).returns<void>(),
  /** What later attempts of a live session will ask for. */
  'connection:update': command(parse.updateConnection).returns<void>(),
  'connection:status-all': command(parse.nothing).returns<readonly SessionStatus[]>(),
  'session:list': command(parse.nothing).returns<readonly SessionSummary[]>(),
  'session:summary': command(parse.sessionRef).returns<SessionSummary>(),
  /** Asks for a session folder, such as `streamscope record` makes, and takes in a copy; null when the user thought better of it. */
  'session:open-folder': command(parse.nothing).returns<SessionSummary | null>(),
  /** Opens a `.streamscope` file or a session folder; what becomes of it is told by `session-file:progress`. Returns the job. */
  'session-file:open': command(parse.lookAtFile).returns<string>(),
  /** The same with a file that the user is asked for; null when they thought better of it. */
  'session-file:choose': command(parse.nothing).returns<string | null>(),
  'session-file:cancel': command(parse.jobRef).returns<void>(),
  'session:reveal': command(parse.sessionRef).returns<void>(),
  /** Asks for a file that a request needs; its path, or null when the user thought better of it. */
  'dialog:choose-file': command(parse.chooseFile).returns<string | null>(),
  /** The cookies of a folder's jar; null: of what is in no folder. */
  'cookies:list': command(parseCookies.cookieFolder).returns<readonly CookieRow[]>(),
  /** Takes in what a Set-Cookie header at this address would say. */
  'cookies:add': command(parseCookies.addCookie).returns<void>(),
  'cookies:set-value': command(parseCookies.setCookieValue).returns<void>(),
  'cookies:remove': command(parseCookies.removeCookie).returns<void>(),
  'cookies:clear': command(parseCookies.cookieFolder).returns<void>(),
  /** The size of a file that may be sent, or why it cannot be. */
  'file:look': command(parse.lookAtFile).returns<{
    readonly bytes: number | null;
    readonly problem: string;
  }>(),
  'session:rename': command(parse.renameSession).returns<void>(),
  /** Changes what the user says of a session: tags, notes, whether it is pinned. */
  'session:describe': command(parseLibrary.describeSession).returns<void>(),
  'session:delete': command(parse.sessionRef).returns<void>(),
  'session:restore': command(parse.sessionRef).returns<void>(),
  'session:delete-many': command(parseLibrary.sessionRefs).returns<RemovedSessions>(),
  'session:restore-many': command(parseLibrary.sessionRefs).returns<RemovedSessions>(),
  'settings:read': command(parse.nothing).returns<Settings>(),
  'settings:write': command(parseSettings.settings).returns<void>(),
  'session:rows': command(parse.readRows).returns<RowPage>(),
  /** The view row that shows this entry, or the nearest one after it. */
  'session:row-of-entry': command(parse.rowOfEntry).returns<number>(),
  'session:entry': command(parse.readEntry).returns<EntryDetail>(),
  'session:wire': command(parse.readWire).returns<Uint8Array>(),
  'session:frames': command(parse.readFrames).returns<FrameRun>(),
  'session:journal': command(parse.sessionRef).returns<readonly NumberedJournalEntry[]>(),
  /** Bookmarks and notes on the entries of a session, in their order. */
  'annotations:list': command(parse.sessionRef).returns<readonly Annotation[]>(),
  /** Puts each in the place of what was on its entry; blank ones take away. */
  'annotations:change': command(parseLibrary.annotate).returns<void>(),
  'session:timeline': command(parse.readTimeline).returns<TimelineSlice>(),
  /** A filtered view; its matches arrive as `view:progress`. */
  'view:open': command(parse.openView).returns<ViewProgress>(),
  /** Numbers of the entries in a stretch that the view has. */
  'view:within': command(parseSearch.viewStretch).returns<Uint32Array>(),
  /** The view looks no further; what was found stays. */
  'view:stop': command(parse.viewRef).returns<void>(),
  'view:close': command(parse.viewRef).returns<void>(),
  /** Compares two sessions; the result arrives as `diff:progress`. */
  'diff:open': command(parseDiff.openDiff).returns<DiffProgress>(),
  'diff:rows': command(parseDiff.readDiffRows).returns<DiffPage>(),
  'diff:close': command(parseDiff.diffRef).returns<void>(),
  /** What a session's events are made of, for completion of queries. */
  'session:vocabulary': command(parse.sessionRef).returns<Vocabulary>(),
  /** Searches all stored sessions; what is found arrives as `search:progress`. The search before it ends. */
  'search:start': command(parseSearch.libraryQuery).returns<{ readonly searchId: string }>(),
  'search:cancel': command(parse.nothing).returns<void>(),
  /** Which parts of texts a query looks for; worked out where a regular expression can do no harm. */
  'search:ranges': command(parseSearch.textRanges).returns<readonly (readonly TextRange[])[]>(),
  /** Judges a session by a checks document; the results arrive as `checks:progress`, on and on while it is live. */
  'checks:open': command(parseChecks.openChecks).returns<{ readonly runId: string }>(),
  'checks:close': command(parseChecks.checksRef).returns<void>(),
  'feed:watch': command(parse.sessionRef).returns<SessionBatch>(),
  'feed:ack': command(parse.ackBatch).returns<void>(),
  'feed:unwatch': command(parse.sessionRef).returns<void>(),
  ...replayCommands,
  'export:formats': command(parse.nothing).returns<readonly ExportFormat[]>(),
  /** Asks for a place, then writes; null when the user thought better of it. */
  'export:save': command(parseExchange.startExport).returns<{
    readonly jobId: string;
    readonly path: string;
  } | null>(),
  /** How much a scope has, and how many secrets an export of it would take out. */
  'export:look': command(parseExchange.lookAtExport).returns<ExportLook>(),
  'export:cancel': command(parse.jobRef).returns<void>(),
  'export:reveal': command(parse.jobRef).returns<void>(),
  /** Asks for a file of another program and looks at it; null when the user thought better of it. */
  'import:choose': command(parse.nothing).returns<ImportPlan | null>(),
  /** A file or a text that the window has: it is handed over in pieces, and then looked at. */
  'import:begin': command(parseExchange.beginImport).returns<{ readonly importId: string }>(),
  'import:add': command(parseExchange.importPiece).returns<void>(),
  'import:look': command(parseExchange.importRef).returns<ImportPlan>(),
  /** Records what was chosen of it; answers when the sessions are in the list. */
  'import:run': command(parseExchange.runImport).returns<readonly SessionSummary[]>(),
  'import:cancel': command(parseExchange.importRef).returns<void>(),
} as const;

export const feeds = {
  ...tapFeeds,
  'session:batch': feed<SessionBatch>(),
  'session:status': feed<SessionStatus>(),
  'cookies:changed': feed<{ readonly folderId: string | null }>(),
  /** The endpoints or environments were changed in their folder by somebody else: read the workspace again. */
  'workspace:changed': feed<null>(),
  /** The list of sessions changed: ask again. */
  'session:list-changed': feed<null>(),
  /** Bookmarks or notes were changed, to these. */
  'annotations:changed': feed<{ readonly sessionId: string; readonly changes: readonly Annotation[] }>(),
  /** A session is read again from its bytes, because nobody closed it or it is damaged: how much is done, null when it is over. */
  'session:repair': feed<{ readonly sessionId: string; readonly share: number | null }>(),
  /** A session turned out to be damaged after it was opened: whoever shows it opens it anew, which repairs it. */
  'session:reopen': feed<string>(),
  'view:progress': feed<ViewProgress>(),
  'search:progress': feed<LibrarySearchProgress>(),
  'diff:progress': feed<DiffProgress>(),
  /** All of them, a few times a second while something happens. */
  'replays:changed': feed<readonly ReplayInfo[]>(),
  'checks:progress': feed<CheckProgress>(),
  'export:progress': feed<ExportProgress>(),
  'session-file:progress': feed<OpeningProgress>(),
  'import:progress': feed<ImportProgress>(),
  'app:menu': feed<MenuCommand>(),
  /** A later start handed over an address. */
  'app:open-url': feed<string>(),
  /** A later start handed over a session folder; it is in the list by now. */
  'app:open-session': feed<string>(),
} as const;

type Commands = typeof commands;
type Feeds = typeof feeds;

export type CommandName = keyof Commands;
export type FeedName = keyof Feeds;
export type Args<N extends CommandName> = ReturnType<Commands[N]['parse']>;
export type Result<N extends CommandName> = Commands[N] extends CommandShape<infer _A, infer R> ? R : never;
export type Payload<N extends FeedName> = Feeds[N] extends FeedShape<infer P> ? P : never;

/** Main's side: one function a command. A missing or wrong one does not compile. */
export type Handlers = { readonly [N in CommandName]: (args: Args<N>) => Result<N> | Promise<Result<N>> };

/** How the window reaches main; two channels in Electron, anything else in tests. */
export interface Transport {
  invoke(name: string, args: unknown): Promise<unknown>;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (name: string, payload: unknown) => void): () => void;
}

/** What the preload script gives the window. */
export interface PreloadBridge extends Transport {
  /** The path of a file that was dropped on the window; "" when it has none. Takes a File, which the core does not know. */
  readonly pathOfFile: (file: object) => string;
}

/** The window's side. */
export interface Client {
  call<N extends CommandName>(name: N, ...args: Args<N> extends void ? [] : [Args<N>]): Promise<Result<N>>;
  on<N extends FeedName>(name: N, listener: (payload: Payload<N>) => void): () => void;
}
